package io.tidegate.it.hostile;

import static io.tidegate.it.hostile.SparkBodies.CANARY;

import java.util.stream.Stream;

/** Values of annotations that make no sense. The API server takes them all. */
final class Annotations {

    static final String WAVE = "\ud83c\udf0a";

    private static final String DEEP = "[".repeat(1_000) + "]".repeat(1_000);
    private static final int LONG = 200_000;

    private Annotations() {}

    /**
     * A case.
     *
     * @param words what the policy's status says
     */
    record Case(String annotation, String name, String value, String words) {
        @Override
        public String toString() {
            return annotation + ": " + name;
        }
    }

    /** Of a driver pod that is scaled already. */
    static Stream<Case> ofDrivers() {
        return Stream.of(
                        answers(),
                        says("the plugin says: ??" + WAVE, ""),
                        says("the plugin says: ??x" + WAVE, "x"),
                        times(),
                        names("tidegate.io/owner"),
                        names("tidegate.io/run-id"))
                .flatMap(cases -> cases);
    }

    private static Stream<Case> answers() {
        String good = Drivers.GOOD_ANSWER;
        return Stream.of(
                answer("truncated", good.substring(0, 40), "is not valid"),
                answer("200,000 characters", "x".repeat(LONG), "has 4097 characters, more than 4096 are not read"),
                answer("1,000 deep", DEEP, "is not valid"),
                answer("1,000 deep where nobody looks", with(good, "\"x\":" + DEEP), "is not valid"),
                answer("NaN", good.replace("\"slots\":4", "\"slots\":NaN"), "is not valid"),
                answer("a number beyond all", good.replace("\"granted\":1", "\"granted\":1e99"), "is not valid"),
                answer("a negative number", good.replace("\"granted\":1", "\"granted\":-1"), "is not valid"),
                answer(
                        "a text for a number",
                        good.replace("\"slots\":4", "\"slots\":\"" + CANARY + "\""),
                        "is not valid: at slots"),
                answer("a list", "[" + good + "]", "is not valid"),
                answer("nothing", "", "is not valid"),
                answer("another version", good.replace("\"version\":1", "\"version\":2"), "has version 2"),
                answer("half of a character", good.replace("0.1.0", "\\ud83c"), "is not valid: at plugin"),
                answer("bytes that were not UTF-8", good.replace("{", "{\ufffd\ufffd"), "is not valid"));
    }

    /** A driver may say what it likes of itself; it is shown short, on one line, and never cut within a character. */
    private static Stream<Case> says(String words, String shift) {
        String problem = "\\n\\u0000" + shift + WAVE.repeat(900);
        return Stream.of(new Case(
                Drivers.ANSWER,
                "a long problem, shifted by " + shift.length(),
                with(Drivers.GOOD_ANSWER, "\"problem\":\"" + problem + "\""),
                words));
    }

    private static Stream<Case> times() {
        String words = "the annotation tidegate.io/deadline is no time such as";
        return Stream.of(
                        new String[] {"truncated", "2026-01-31T"},
                        new String[] {"200,000 characters", "7".repeat(LONG)},
                        new String[] {"1,000 deep", DEEP},
                        new String[] {"NaN", "NaN"},
                        new String[] {"a number", "1796000000"},
                        new String[] {"a word", CANARY},
                        new String[] {"a year of five digits", "+10000-01-01T00:00:00Z"},
                        new String[] {"the last of all times", "+999999999-12-31T23:59:59-18:00"},
                        new String[] {"bytes that were not UTF-8", "\ufffd\ufffd"},
                        new String[] {"nothing", ""})
                .map(each -> new Case("tidegate.io/deadline", each[0], each[1], words));
    }

    private static Stream<Case> names(String annotation) {
        String words = "the annotation " + annotation + " must have 1 to 253 letters";
        return Stream.of(
                        new String[] {"200,000 characters", "x".repeat(LONG)},
                        new String[] {"1,000 deep", DEEP},
                        new String[] {"control characters", "x\n\u0007" + CANARY},
                        new String[] {"spaces", "x " + CANARY},
                        new String[] {"bytes that were not UTF-8", "\ufffd\ufffd"},
                        new String[] {"nothing", ""})
                .map(each -> new Case(annotation, each[0], each[1], words));
    }

    /** What somebody wrote in place of the desired number of executors before Tidegate did. */
    static Stream<Case> ofDesired() {
        String good =
                "{\"version\":1,\"sequence\":1,\"decisionId\":\"d\",\"floor\":0,\"cap\":1,\"allowStageRetry\":false}";
        return Stream.of(
                        new String[] {"truncated", good.substring(0, 40)},
                        new String[] {"200,000 characters", "x".repeat(LONG)},
                        new String[] {"1,000 deep", DEEP},
                        new String[] {"NaN", good.replace("\"cap\":1", "\"cap\":NaN")},
                        new String[] {"a text for a number", good.replace("\"cap\":1", "\"cap\":\"" + CANARY + "\"")},
                        new String[] {"a negative cap", good.replace("\"cap\":1", "\"cap\":-1")},
                        new String[] {"another version", good.replace("\"version\":1", "\"version\":2")},
                        new String[] {"an older one", good},
                        new String[] {"bytes that were not UTF-8", "\ufffd\ufffd"},
                        new String[] {"nothing", ""})
                .map(each -> new Case(Drivers.DESIRED, each[0], each[1], ""));
    }

    /** Names of profiles in the annotation of a namespace. */
    static Stream<Case> ofNamespaces() {
        String waves = WAVE.repeat(50_000);
        String shifted = CANARY.charAt(0) + waves;
        return Stream.of(
                profile("200,000 characters", shifted, shifted.substring(0, 40)),
                profile("shifted by one", waves, waves.substring(0, 40)),
                profile("1,000 deep", DEEP, "[[["),
                profile("NaN", "NaN", "NaN"),
                profile("control characters", "x\n\u0007y", "x??y"),
                profile("a path", "../default", "../default"),
                profile("bytes that were not UTF-8", "\ufffd\ufffd", "\ufffd\ufffd"));
    }

    private static Case profile(String name, String value, String shown) {
        return new Case("tidegate.io/default-profile", name, value, "ScalingProfile " + shown);
    }

    private static Case answer(String name, String value, String words) {
        return new Case(Drivers.ANSWER, name, value, "the annotation " + Drivers.ANSWER + " " + words);
    }

    private static String with(String json, String field) {
        return json.substring(0, json.length() - 1) + "," + field + "}";
    }
}
