package io.tidegate.contracts.wire;

import static io.tidegate.contracts.wire.Refusal.changed;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that speak of Spark and are not read, and the whole of what the reason says. */
class RefusedSparkTest {

    private static final String OBJECTIVE = "{\"duration\":\"40m\"}";
    private static final String LABELS = "{\"pipeline\":\"nightly\",\"team\":\"sales\"}";

    static Stream<Refusal> refusals() {
        return Stream.of(brokenTargets(), brokenObjectives(), brokenRules(), brokenSamples(), brokenLevers())
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void saysWhatIsWrongAndWhere(Refusal refused) {
        assertEquals(refused.message(), Refusal.reason(refused.type(), refused.record()));
    }

    private static List<Refusal> brokenTargets() {
        String one = ": exactly one of scaleTargetRef and selector must be given";
        String others = ": executors and spark are for Spark applications only, which a selector or a scaleTargetRef of"
                + " kind SparkApplication names";
        return List.of(
                changed(
                        "a job whose next run is written",
                        "policy.spark-scheduled",
                        "ScheduledSparkApplication",
                        "SparkApplication",
                        "the body is not a valid policy: at spec: resources are for a ScheduledSparkApplication only"),
                changed(
                        "a stream that recurs",
                        "policy.spark-scheduled",
                        OBJECTIVE,
                        "{\"maxLatency\":\"1m\",\"percentile\":99}",
                        "the body is not a valid policy: at spec: objective.maxLatency is for streams, and a"
                                + " ScheduledSparkApplication is batch"),
                stream("no target", "\"selector\":{\"matchLabels\":" + LABELS + "},", "", one),
                stream(
                        "two targets",
                        "\"selector\":",
                        "\"scaleTargetRef\":{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"name\":\"x\"},\"selector\":",
                        one),
                stream("no label", LABELS, "{}", ".selector: selector.matchLabels must have 1 to 16 labels: 0"),
                stream(
                        "17 labels",
                        LABELS,
                        "{"
                                + String.join(
                                        ",",
                                        IntStream.range(0, 17)
                                                .mapToObj(i -> "\"l" + i + "\":\"\"")
                                                .toList())
                                + "}",
                        ".selector: selector.matchLabels must have 1 to 16 labels: 17"),
                stream(
                        "a name that is two",
                        "\"pipeline\"",
                        "\"a=b,c\"",
                        ".selector: selector.matchLabels has a name that no label can have"),
                stream(
                        "a value that is a selector",
                        "\"nightly\"",
                        "\"a,b!=c\"",
                        ".selector: selector.matchLabels has a value that no label can have"),
                batch("a Deployment with executors", "sparkoperator.k8s.io/v1beta2", "apps/v1", others),
                batch("a job with executors", "\"SparkApplication\"", "\"Job\"", others),
                changed(
                        "a Deployment that is a stream",
                        "policy.least",
                        "\"signals\":[]",
                        "\"signals\":[],\"spark\":{}",
                        "the body is not a valid policy: at spec" + others));
    }

    private static List<Refusal> brokenObjectives() {
        String one = ".objective: objective needs exactly one of maxLatency, duration and deadline";
        return List.of(
                batch("no objective in it", OBJECTIVE, "{}", one),
                batch("two objectives", OBJECTIVE, "{\"duration\":\"40m\",\"maxLatency\":\"1m\"}", one),
                batch(
                        "no time",
                        OBJECTIVE,
                        "{\"duration\":\"0s\"}",
                        ".objective: objective.duration must be positive: PT0S"),
                batch(
                        "a percentile of a duration",
                        OBJECTIVE,
                        "{\"duration\":\"40m\",\"percentile\":99}",
                        ".objective: objective.percentile and objective.batchOverTrigger are given with maxLatency only"),
                stream(
                        "a batch of no trigger",
                        "0.7",
                        "0.0",
                        ".objective: objective.batchOverTrigger must be above 0 and at most 1: 0.0"),
                stream(
                        "a batch of more than a trigger",
                        "0.7",
                        "1.01",
                        ".objective: objective.batchOverTrigger must be above 0 and at most 1: 1.01"),
                stream(
                        "a stream that must end",
                        "{\"maxLatency\":\"1m\",\"percentile\":95,\"batchOverTrigger\":0.7}",
                        OBJECTIVE,
                        ": objective.duration and deadline are for batch applications, and spark.query names a stream"),
                changed(
                        "a Deployment that must end",
                        "policy.least",
                        "\"signals\":[]",
                        "\"signals\":[],\"objective\":" + OBJECTIVE,
                        "the body is not a valid policy: at spec: objective.duration, deadline and batchOverTrigger are"
                                + " for Spark applications only"),
                deadline(
                        "an hour that is none",
                        "06:00",
                        "24:00",
                        ": deadline.at must be a time of the day from 00:00 to 23:59"),
                deadline("no hour", "\"at\":\"06:00\",", "", ": a value is missing: deadline.at"),
                deadline(
                        "no zone",
                        "\"timeZone\":\"Europe/Amsterdam\",",
                        "",
                        ": a value is missing: deadline.timeZone"));
    }

    private static List<Refusal> brokenRules() {
        String bounds = "\"replicas\":{\"min\":2,\"max\":80},\"executors\":{\"min\":2,\"max\":80}";
        return List.of(
                batch(
                        "bounds the wrong way round",
                        bounds,
                        "\"executors\":{\"min\":5,\"max\":4}",
                        ".executors: executors must satisfy 0 <= min <= max and max >= 1: min 5, max 4"),
                batch(
                        "no upper bound",
                        bounds,
                        "\"executors\":{\"min\":5}",
                        ".executors.max: missing or not a valid int"),
                batch(
                        "two bounds",
                        bounds,
                        "\"replicas\":{\"min\":1,\"max\":80},\"executors\":{\"min\":2,\"max\":80}",
                        ": executors and replicas bound the same size; give only executors"),
                stream(
                        "a mode of a later version",
                        "managed",
                        "shared",
                        ".spark.mode: not a valid SparkMode: 'shared'"),
                stream(
                        "a query without a name",
                        "clicks-to-lake",
                        "",
                        ".spark: spark.query must have 1 to 253 characters: 0"),
                stream("a trigger of no unit", "\"10s\"", "\"10\"", ".spark.trigger: not a valid Duration: '10'"));
    }

    private static List<Refusal> brokenSamples() {
        return List.of(
                sample("no slots", "\"slots\":4", "\"slots\":0", ": slots must be at least 1: 0"),
                sample(
                        "fewer than no executors",
                        "\"wanted\":44",
                        "\"wanted\":-44",
                        ".executors: executors.wanted must not be negative: -44"),
                sample("tasks in words", "200", "\"many\"", ".stages[0].tasks: missing or not a valid int"),
                sample("an age below zero", "52000", "-52000", ".stages[0]: sumMillis must not be negative: -52000"),
                sample(
                        "a state of a later version",
                        "\"Waiting\"",
                        "\"Skipped\"",
                        ".stages[1].state: not a valid State: 'Skipped'"),
                sample("a parent below zero", "[1,2]", "[1,-2]", ".stages[0]: parents must not be negative: -2"),
                sample(
                        "101 parents",
                        "[1,2]",
                        list(101, "1"),
                        ".stages[0]: parents must have at most 100 entries: 101"),
                sample(
                        "a rate beyond a double",
                        "1200.5",
                        "1e400",
                        ".queries[0]: inputRate must be a finite number, not negative: Infinity"),
                changed(
                        "101 stages",
                        "sample.spark-little",
                        "\"stages\":[]",
                        "\"stages\":"
                                + list(
                                        101,
                                        "{\"id\":1,\"attempt\":0,\"job\":1,\"state\":\"Active\",\"tasks\":1,\"running\":0,\"done\":0,"
                                                + "\"failed\":0,\"parents\":[],\"shuffleRead\":false}"),
                        "the body is not a valid sample: at reading: stages must have at most 100 entries: 101"),
                changed(
                        "17 queries",
                        "sample.spark-little",
                        "\"queries\":[]",
                        "\"queries\":"
                                + list(
                                        17,
                                        "{\"name\":\"q\",\"batch\":1,\"rows\":0,\"batchMillis\":1,\"sinceEndMillis\":1,\"stateful\":true}"),
                        "the body is not a valid sample: at reading: queries must have at most 16 entries: 17"));
    }

    private static List<Refusal> brokenLevers() {
        String driver = "\"driver\":{\"pod\"";
        String scale = "\"scale\":{\"apiVersion\":\"apps/v1\",\"plural\":\"deployments\"},";
        return List.of(
                changed(
                        "a target of two levers",
                        "target.spark",
                        driver,
                        scale + driver,
                        "the body is not a valid target: at most one of scale, driver and template is given"),
                changed(
                        "a floor above the size",
                        "target.spark",
                        "\"floor\":2",
                        "\"floor\":25",
                        "the body is not a valid target: driver.floor must not be greater than replicas: floor 25,"
                                + " replicas 24"),
                changed(
                        "a floor below zero",
                        "target.spark",
                        "\"floor\":2",
                        "\"floor\":-1",
                        "the body is not a valid target: at driver: driver.floor must not be negative: -1"),
                changed(
                        "a workload of two levers",
                        "workload.spark",
                        driver,
                        scale + driver,
                        "the body is not a valid workload: at most one of scale, driver and template is given"),
                changed(
                        "a driver without a size",
                        "workload.spark",
                        "\"replicas\":10,",
                        "",
                        "the body is not a valid workload: replicas are given together with scale, driver or template, or not"
                                + " at all"),
                changed(
                        "bounds of runs the wrong way round",
                        "target.spark-template",
                        "\"min\":2",
                        "\"min\":81",
                        "the body is not a valid target: at template: template needs 0 <= min <= max: min 81, max 80"),
                changed(
                        "a driver without a uid",
                        "workload.spark",
                        ",\"uid\":\"0b6f3f2e\"",
                        "",
                        "the body is not a valid workload: at driver: a value is missing: driver.uid"));
    }

    private static Refusal stream(String name, String from, String to, String message) {
        return changed(name, "policy.spark-stream", from, to, "the body is not a valid policy: at spec" + message);
    }

    private static Refusal batch(String name, String from, String to, String message) {
        return changed(name, "policy.spark-batch", from, to, "the body is not a valid policy: at spec" + message);
    }

    private static Refusal deadline(String name, String from, String to, String message) {
        return changed(
                name,
                "policy.spark-deadline",
                from,
                to,
                "the body is not a valid policy: at spec.objective.deadline" + message);
    }

    private static Refusal sample(String name, String from, String to, String message) {
        return changed(name, "sample.spark", from, to, "the body is not a valid sample: at reading" + message);
    }

    private static String list(int size, String entry) {
        return "["
                + String.join(",", IntStream.range(0, size).mapToObj(i -> entry).toList()) + "]";
    }
}
