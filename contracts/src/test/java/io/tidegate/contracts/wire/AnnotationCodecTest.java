package io.tidegate.contracts.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.contracts.spark.DesiredExecutors;
import io.tidegate.contracts.spark.ExecutorsState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The two annotations of a driver pod: golden texts, which plugins of other versions write and read too, and hostile ones. */
class AnnotationCodecTest {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "AnnotationCodecTest");

    private static final DesiredExecutors DESIRED =
            new DesiredExecutors(1_767_323_045_678L, "3f2a9c01-1767323045678", 2, 10, false);
    private static final ExecutorsState STATE = new ExecutorsState(
            1, "0.1.0", 1_767_323_045_678L, 2, 10, true, 4, 44, 10, 8, 2, "the collector does not answer");
    private static final ExecutorsState FIRST =
            new ExecutorsState(1, "0.1.0", null, null, null, false, 1, null, 0, 0, 0, null);

    @Test
    void writesAndReadsTheGoldenTexts() throws IOException, UnreadableRecordException {
        assertEquals(golden("executors"), AnnotationCodec.text(DESIRED));
        assertEquals(golden("executors-state"), AnnotationCodec.text(STATE));
        assertEquals(golden("executors-state.first"), AnnotationCodec.text(FIRST));
        assertEquals(DESIRED, AnnotationCodec.desired(golden("executors")));
        assertEquals(STATE, AnnotationCodec.state(golden("executors-state")));
        assertEquals(FIRST, AnnotationCodec.state(golden("executors-state.first")));
    }

    @Test
    void schemasAcceptTheGoldenTextsAndWhatIsAddedLater() throws IOException {
        for (String name : Set.of("executors", "executors-state", "executors-state.first")) {
            String file = name.equals("executors") ? Schemas.EXECUTORS : Schemas.EXECUTORS_STATE;
            JsonNode document = Json.mapper().readTree(golden(name));
            ((ObjectNode) document).put("addedLater", true);

            assertEquals(Set.of(), Schemas.schema(file).validate(document), name);
        }
    }

    @Test
    void passesOverWhatIsAddedLaterAndTakesANullForAbsent() throws IOException, UnreadableRecordException {
        String more = golden("executors-state.first").replace("{\"version\"", "{\"later\":{\"a\":[1]},\"version\"");

        assertEquals(FIRST, AnnotationCodec.state(more));
        assertEquals(
                FIRST,
                AnnotationCodec.state(
                        golden("executors-state.first").replace("}", ",\"problem\":null,\"sequence\":null}")));
        assertEquals(
                DESIRED, AnnotationCodec.desired(golden("executors").replace("{\"version\"", "{\"x\":1,\"version\"")));
    }

    record Case(String name, String text, String message) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> refusedStates() throws IOException {
        String good = golden("executors-state");
        return Stream.of(
                new Case(
                        "version 2 of any shape",
                        "{\"version\":2,\"slots\":\"four\"}",
                        "has version 2; this Tidegate knows version 1"),
                new Case("no version", "{\"plugin\":\"0.1.0\"}", "has no version; this Tidegate knows version 1"),
                new Case("null", "null", "has no version; this Tidegate knows version 1"),
                new Case("empty", "", "is not valid: not one JSON object"),
                new Case("a list", "[]", "is not valid: not one JSON object"),
                new Case("two documents", good + good, "is not valid: not one JSON object"),
                new Case(
                        "no slots",
                        good.replace("\"slots\":4", "\"slots\":0"),
                        "is not valid: slots must be at least 1: 0"),
                new Case(
                        "granted below zero",
                        good.replace("\"granted\":10", "\"granted\":-1"),
                        "is not valid: granted, running and draining must not be negative: granted -1, running 8,"
                                + " draining 2"),
                new Case(
                        "a cap below zero",
                        good.replace("\"cap\":10", "\"cap\":-1"),
                        "is not valid: cap must not be negative: -1"),
                new Case(
                        "too long",
                        good.replace("the collector", "x".repeat(4096)),
                        "has 4274 characters, more than 4096 are not read"));
    }

    @ParameterizedTest
    @MethodSource("refusedStates")
    void saysWhyAnAnswerIsNotRead(Case refused) {
        UnreadableRecordException e =
                assertThrows(UnreadableRecordException.class, () -> AnnotationCodec.state(refused.text()));

        assertEquals("the annotation tidegate.io/executors-state " + refused.message(), e.getMessage());
        assertNull(e.getCause());
    }

    @Test
    void refusesADesiredStateThatContradictsItself() throws IOException {
        String good = golden("executors");
        assertRefused(good.replace("\"floor\":2", "\"floor\":11"), "0 <= floor <= cap must hold: floor 11, cap 10");
        assertRefused(good.replace("\"floor\":2", "\"floor\":-1"), "0 <= floor <= cap must hold: floor -1, cap 10");
        assertRefused(good.replace("3f2a9c01-1767323045678", ""), "decisionId must have 1 to 253 characters: 0");
        assertRefused(good.replace("\"sequence\":", "\"sequence\":-"), "sequence must not be negative: -1767323045678");
        assertRefused(good.replace("\"cap\":10", "\"cap\":\"10\""), "at cap: missing or not a valid int");
    }

    @Test
    void aDesiredStateNeverIsTooLongToBeRead() throws UnreadableRecordException {
        DesiredExecutors longest =
                new DesiredExecutors(Long.MAX_VALUE, "\u20ac".repeat(253), Integer.MAX_VALUE, Integer.MAX_VALUE, false);

        assertEquals(longest, AnnotationCodec.desired(AnnotationCodec.text(longest)));
    }

    @Test
    void anyChangeOfCharactersIsReadOrRefusedInShort() throws IOException {
        for (String name : Set.of("executors", "executors-state")) {
            for (int seed = 0; seed < 2_000; seed++) {
                Random random = new Random(seed);
                StringBuilder text = new StringBuilder(golden(name));
                for (int change = random.nextInt(4); change >= 0; change--) {
                    text.setCharAt(
                            random.nextInt(text.length()),
                            random.nextBoolean()
                                    ? (char) random.nextInt(65_536)
                                    : "\"{}[],:-e0\\".charAt(random.nextInt(11)));
                }
                String reason = reason(name, text.toString());
                int from = seed;
                assertTrue(reason.isEmpty() || Refusal.isOneShortLine(reason), () -> "seed " + from + ": " + reason);
            }
        }
    }

    private static String reason(String name, String text) {
        try {
            if (name.equals("executors")) {
                AnnotationCodec.desired(text);
            } else {
                AnnotationCodec.state(text);
            }
            return "";
        } catch (UnreadableRecordException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void assertRefused(String text, String message) {
        UnreadableRecordException e =
                assertThrows(UnreadableRecordException.class, () -> AnnotationCodec.desired(text));
        assertEquals("the annotation tidegate.io/executors is not valid: " + message, e.getMessage());
    }

    private static String golden(String name) throws IOException {
        return Files.readString(GOLDEN.resolve(name + ".json")).strip();
    }
}
