package io.tidegate.contracts.wire;

import static io.tidegate.contracts.wire.Refusal.changed;
import static io.tidegate.contracts.wire.Refusal.example;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that are not read, and the whole of what the reason says. */
class RefusedBodyTest {

    private static final String LONG = "x".repeat(5_000);

    static Stream<Refusal> refusals() {
        return Stream.of(brokenBodies(), brokenValues(), brokenSignals(), brokenPods(), brokenNumbers(), longLists())
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void saysWhatIsWrongAndWhere(Refusal refused) {
        assertEquals(refused.message(), Refusal.reason(refused.type(), refused.record()));
    }

    private static List<Refusal> brokenBodies() {
        WireRecord tick = example("tick.one");
        return List.of(
                body("empty", "", "the body is not a valid tick: not one JSON object"),
                body("blank", " ", "the body is not a valid tick: not one JSON object"),
                body("JSON null", "null", "the body is JSON null"),
                body("an array", "[]", "the body is not a valid tick: not one JSON object"),
                body(
                        "not JSON",
                        "<html>",
                        "the body is not a valid tick: Unexpected character ('<' (code 60)): expected a valid value"
                                + " (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"),
                body("trailing text", tick.text() + "{}", "the body is not a valid tick: not one JSON object"),
                body(
                        "one property twice",
                        "{\"partition\":7,\"collector\":\"a\",\"collector\":\"b\"}",
                        "the body is not a valid tick: Duplicate field 'collector'"),
                body(
                        "2 MiB",
                        "{\"partition\":7,\"collector\":\"" + "x".repeat(2 << 20) + "\"}",
                        "the body has 2097182 bytes, more than 1048576 are not read"),
                new Refusal(
                        "no body",
                        EventType.TICK,
                        tick.withValue((byte[]) null),
                        "an event of type io.tidegate.tick.v1 needs a body"));
    }

    private static List<Refusal> brokenValues() {
        return List.of(
                body(
                        "a string for a number",
                        "{\"partition\":\"7\",\"collector\":\"a\"}",
                        "the body is not a valid tick: at partition: missing or not a valid int"),
                body(
                        "a number for a string",
                        "{\"partition\":7,\"collector\":7}",
                        "the body is not a valid tick: at collector: missing or not a valid String"),
                body(
                        "an absent number",
                        "{\"collector\":\"a\"}",
                        "the body is not a valid tick: at partition: missing or not a valid int"),
                body(
                        "an absent string",
                        "{\"partition\":7}",
                        "the body is not a valid tick: a value is missing: collector"),
                body(
                        "half of a surrogate pair",
                        "{\"partition\":7,\"collector\":\"a\\ud800\"}",
                        "the body is not a valid tick: at collector: not a valid String: 'a?'"),
                changed(
                        "an enum by number",
                        "policy.full",
                        "\"mode\":\"Shadow\"",
                        "\"mode\":0",
                        "the body is not a valid policy: at spec.mode: not a valid Mode: '0'"),
                changed(
                        "an enum of a later version",
                        "policy.full",
                        "\"mode\":\"Shadow\"",
                        "\"mode\":\"Later\\n" + LONG + "\"",
                        "the body is not a valid policy: at spec.mode: not a valid Mode: 'Later?" + "x".repeat(91)
                                + "...'"),
                changed(
                        "a time in milliseconds",
                        "heartbeat.one",
                        "\"2026-01-02T03:04:05.678Z\"",
                        "1767323045678",
                        "the body is not a valid heartbeat: at logTime: missing or not a valid Instant"),
                changed(
                        "a time that milliseconds can't hold",
                        "heartbeat.one",
                        "2026-01-02T03:04:05.678Z",
                        "+999999999-01-02T03:04:05Z",
                        "the body is not a valid heartbeat: at logTime: not a valid Instant: '+999999999-01-02T03:04:05Z'"),
                changed(
                        "a duration without unit",
                        "policy.full",
                        "\"1m30s\"",
                        "\"90\"",
                        "the body is not a valid policy: at spec.objective.maxLatency: not a valid Duration: '90'"),
                changed(
                        "an objective of no time",
                        "policy.full",
                        "\"1m30s\"",
                        "\"0s\"",
                        "the body is not a valid policy: at spec.objective: objective.maxLatency must be positive: PT0S"),
                changed(
                        "bounds the wrong way round",
                        "policy.full",
                        "{\"min\":0,\"max\":40}",
                        "{\"min\":5,\"max\":4}",
                        "the body is not a valid policy: at spec.replicas: replicas must satisfy 0 <= min <= max and"
                                + " max >= 1: min 5, max 4"),
                changed(
                        "a null in a list",
                        "policy.full",
                        "[\"orders\",\"returns\"]",
                        "[\"orders\",null]",
                        "the body is not a valid policy: at spec.signals[0].kafka: a list holds a null"),
                changed(
                        "a reading of a later version",
                        "sample.usage",
                        "\"kind\":\"usage\"",
                        "\"kind\":\"" + LONG + "\"",
                        "the body is not a valid sample: at reading: not a kind that is known: '" + "x".repeat(97)
                                + "...'"),
                changed(
                        "a reading of no kind",
                        "sample.usage",
                        "\"kind\":\"usage\",",
                        "",
                        "the body is not a valid sample: at reading: not a kind that is known: 'null'"),
                changed(
                        "a status that Kubernetes doesn't have",
                        "target.ruling",
                        "\"status\":\"True\"",
                        "\"status\":\"true\"",
                        "the body is not a valid target: at conditions[0]: status must be True, False or Unknown"));
    }

    private static List<Refusal> brokenSignals() {
        return List.of(
                signal(
                        "both targets of a resource",
                        "\"averageUtilization\":70",
                        "\"averageUtilization\":70,\"averageValueMilli\":1",
                        "[1].resource: resource needs averageUtilization or averageValue, and not both of them"),
                signal(
                        "no target of a resource",
                        "\"averageUtilization\":70",
                        "\"averageUtilization\":null",
                        "[1].resource: resource needs averageUtilization or averageValue, and not both of them"),
                signal(
                        "a utilization of nothing",
                        "\"averageUtilization\":70",
                        "\"averageUtilization\":0",
                        "[1].resource: resource.averageUtilization must be at least 1: 0"),
                signal(
                        "an average value below zero",
                        "536870912000",
                        "-1",
                        "[2].resource: resource.averageValue must be more than 0: -1m"),
                signal(
                        "a resource that has no metrics",
                        "\"name\":\"cpu\",\"container\"",
                        "\"name\":\"gpu\",\"container\"",
                        "[1].resource.name: not a valid ResourceName: 'gpu'"),
                signal(
                        "a schedule for less than nothing",
                        "\"replicas\":20",
                        "\"replicas\":-20",
                        "[3].schedule: schedule.replicas must be at least 0: -20"),
                signal(
                        "a schedule without an end",
                        "\"end\":\"0 6 * * *\",",
                        "",
                        "[3].schedule: a value is missing: schedule.end"),
                signal(
                        "both targets of a query",
                        "\"averageValueMilli\":4000",
                        "\"averageValueMilli\":4000,\"valueMilli\":1",
                        "[4].prometheus: prometheus needs averageValue or value, and not both of them"),
                signal(
                        "no target of a query",
                        "\"valueMilli\":700,",
                        "",
                        "[5].prometheus: prometheus needs averageValue or value, and not both of them"),
                signal(
                        "a query for an average of nothing",
                        "\"averageValueMilli\":4000",
                        "\"averageValueMilli\":0",
                        "[4].prometheus: prometheus.averageValue must be more than 0: 0m"),
                signal(
                        "a query for a value of nothing",
                        "\"valueMilli\":700",
                        "\"valueMilli\":0",
                        "[5].prometheus: prometheus.value must be more than 0: 0m"),
                signal(
                        "a query that asks for nothing",
                        "avg(trino_busy_ratio)",
                        " ",
                        "[5].prometheus: prometheus.query must have 1 to 4096 characters: 1"),
                signal(
                        "an answer of any age",
                        "\"maxAge\":\"1m30s\"",
                        "\"maxAge\":\"2h\"",
                        "[4].prometheus: prometheus.maxAge must be 1s to 1h: PT2H"),
                signal(
                        "a query without a connection",
                        "\"connectionRef\":\"prom\",\"query\":\"sum",
                        "\"query\":\"sum",
                        "[4].prometheus: a value is missing: prometheus.connectionRef"),
                signal(
                        "activity below nothing",
                        "\"activationMilli\":500",
                        "\"activationMilli\":-1",
                        "[4].prometheus: prometheus.activation must be at least 0: -1m"),
                signal(
                        "a signal of two kinds",
                        "\"name\":\"night\",",
                        "\"name\":\"night\",\"resource\":{\"name\":\"cpu\",\"averageUtilization\":1},",
                        "[3]: a signal must be of one kind only, and has 2: night"),
                signal(
                        "partitions the wrong way round",
                        "{\"first\":5,\"last\":9}",
                        "{\"first\":9,\"last\":5}",
                        "[0].kafka.partitions[1]: a range of partitions needs 0 <= first <= last: first 9, last 5"),
                signal(
                        "no partition that counts",
                        "[{\"first\":0,\"last\":0},{\"first\":5,\"last\":9}]",
                        "[]",
                        "[0].kafka: kafka.partitions must have 1 to 100 ranges: 0"));
    }

    private static List<Refusal> brokenPods() {
        return List.of(
                pods(
                        "a usage below zero",
                        "412",
                        "-412",
                        ".pods[0].containers[0]: cpuUsageMilli must not be negative: -412"),
                pods(
                        "a usage in words",
                        "412",
                        "\"NaN\"",
                        ".pods[0].containers[0].cpuUsageMilli: missing or not a valid Long"),
                pods(
                        "a request below zero",
                        "1073741824",
                        "-1",
                        ".pods[0]: memoryRequestBytes must not be negative: -1"),
                pods(
                        "a window below zero",
                        "15000",
                        "-9223372036854775808",
                        ".pods[0]: windowMillis must not be negative: -9223372036854775808"),
                pods("a phase of a later version", "Pending", "Paused", ".pods[1].phase: not a valid Phase: 'Paused'"),
                pods(
                        "a pod without a name",
                        "\"name\":\"orders-ingest-5d8f-x7x2k\",",
                        "",
                        ".pods[0]: a value is missing: name"),
                pods(
                        "more containers than a pod can have",
                        "{\"name\":\"proxy\"}",
                        String.join(",", Collections.nCopies(1_000, "{\"name\":\"proxy\"}")),
                        ".pods[0]: containers must have at most 1000 entries: 1001"));
    }

    private static Refusal signal(String name, String from, String to, String message) {
        return changed(name, "policy.full", from, to, "the body is not a valid policy: at spec.signals" + message);
    }

    private static Refusal pods(String name, String from, String to, String message) {
        return changed(name, "sample.pods", from, to, "the body is not a valid sample: at reading" + message);
    }

    private static List<Refusal> brokenNumbers() {
        return List.of(
                number(
                        "NaN",
                        "NaN",
                        "at inputs[0]: Non-standard token 'NaN': enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow"),
                number(
                        "Infinity",
                        "Infinity",
                        "at inputs[0]: Non-standard token 'Infinity': enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow"),
                number(
                        "NaN as a string",
                        "\"NaN\"",
                        "at inputs[0]: an input must be a finite number, what is unknown is left out: arrivalRate NaN"),
                number(
                        "a number beyond a double",
                        "1e400",
                        "at inputs[0]: an input must be a finite number, what is unknown is left out: arrivalRate Infinity"),
                number(
                        "a number of 41 digits",
                        "1".repeat(41),
                        "at inputs[0]: Number value length (41) exceeds the maximum allowed (40, from"
                                + " `StreamReadConstraints.getMaxNumberLength()`)"),
                changed(
                        "one more than an int64",
                        "sample.offsets",
                        "9223372036854775807",
                        "9223372036854775808",
                        "the body is not a valid sample: at reading.partitions[2].committed: Numeric value"
                                + " (9223372036854775808) out of range of long (-9223372036854775808 - 9223372036854775807)"),
                changed(
                        "a negative offset",
                        "sample.offsets",
                        "9223372036854775807",
                        "-1",
                        "the body is not a valid sample: at reading.partitions[2]: committed must not be negative: -1"),
                changed(
                        "a fraction for a whole number",
                        "sample.offsets",
                        "9223372036854775807",
                        "1.0",
                        "the body is not a valid sample: at reading.partitions[2].committed: not a valid Long: '1.0'"),
                changed(
                        "a negative size",
                        "target.ruling",
                        "\"replicas\":4",
                        "\"replicas\":-1",
                        "the body is not a valid target: replicas and current must not be negative: replicas -1, current"
                                + " 9"));
    }

    private static List<Refusal> longLists() {
        String shortest = "{\"topic\":\"\",\"partition\":0}";
        return List.of(
                changed(
                        "20,001 partitions",
                        "sample.no-offsets",
                        "[]",
                        list(20_001, shortest),
                        "the body is not a valid sample: at reading: partitions must have at most 20000 entries: 20001"),
                changed(
                        "101 topics",
                        "policy.full",
                        "[\"orders\",\"returns\"]",
                        list(101, "\"o\""),
                        "the body is not a valid policy: at spec.signals[0].kafka: kafka.topics must name 1 to 100 topics:"
                                + " 101"),
                changed(
                        "33 signals",
                        "policy.empty-parts",
                        "[{\"name\":\"cpu\"}]",
                        list(33, "{\"name\":\"cpu\"}"),
                        "the body is not a valid policy: at spec: signals must have at most 32 entries: 33"),
                changed(
                        "21 rate limits",
                        "policy.full",
                        "\"policies\":[]",
                        "\"policies\":" + list(21, "{\"type\":\"Pods\",\"value\":1,\"periodSeconds\":1}"),
                        "the body is not a valid policy: at spec.behavior.scaleUp: policies must have at most 20 entries:"
                                + " 21"),
                changed(
                        "1,001 inputs",
                        "decision.hold",
                        "\"inputs\":[]",
                        "\"inputs\":"
                                + list(
                                        1_001,
                                        "{\"signal\":\"\",\"quantity\":\"\",\"value\":0,\"unit\":\"\",\"ageMillis\":0}"),
                        "the body is not a valid decision: inputs must have at most 1000 entries: 1001"),
                changed(
                        "33 conditions",
                        "target.not-ruling",
                        "\"conditions\":[]",
                        "\"conditions\":"
                                + list(33, "{\"type\":\"\",\"status\":\"True\",\"reason\":\"\",\"message\":\"\"}"),
                        "the body is not a valid target: conditions must have at most 32 entries: 33"));
    }

    private static Refusal body(String name, String body, String message) {
        return new Refusal(name, EventType.TICK, example("tick.one").withValue(body), message);
    }

    private static Refusal number(String name, String number, String message) {
        return changed(name, "decision.scale-down", "812.25", number, "the body is not a valid decision: " + message);
    }

    private static String list(int size, String entry) {
        return "["
                + String.join(",", IntStream.range(0, size).mapToObj(i -> entry).toList()) + "]";
    }
}
