package io.tidegate.contracts.wire;

import static io.tidegate.contracts.wire.Refusal.changed;
import static io.tidegate.contracts.wire.Refusal.example;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Headers and keys that are not read, and the whole of what the reason says. */
class RefusedEnvelopeTest {

    private static final String LONG = "x".repeat(5_000);

    static Stream<Refusal> refusals() {
        return Stream.of(brokenHeaders(), brokenKeys()).flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void saysWhatIsWrong(Refusal refused) {
        assertEquals(refused.message(), Refusal.reason(refused.type(), refused.record()));
    }

    private static List<Refusal> brokenHeaders() {
        WireRecord tick = example("tick.one");
        return List.of(
                header("no type", tick.withHeader("ce_type", null), "the header ce_type is missing"),
                header("no id", tick.withHeader("ce_id", null), "the header ce_id is missing"),
                header("an empty id", tick.withHeader("ce_id", ""), "the header ce_id is empty"),
                header("no source", tick.withHeader("ce_source", null), "the header ce_source is missing"),
                header("no time", tick.withHeader("ce_time", null), "the header ce_time is missing"),
                header("no version", tick.withHeader("ce_specversion", null), "the header ce_specversion is missing"),
                header(
                        "a later CloudEvents",
                        tick.withHeader("ce_specversion", "2.0"),
                        "ce_specversion is not 1.0: '2.0'"),
                header("a long id", tick.withHeader("ce_id", LONG), "the header ce_id is longer than 2048 bytes"),
                header("a time that is none", tick.withHeader("ce_time", "now\n"), "ce_time is not a time: 'now?'"),
                header(
                        "a type of a later version",
                        tick.withHeader("ce_type", "io.tidegate.tick.v2"),
                        "ce_type is not one that is known: 'io.tidegate.tick.v2'"),
                header(
                        "a long type",
                        tick.withHeader("ce_type", "x".repeat(2_000)),
                        "ce_type is not one that is known: '" + "x".repeat(97) + "...'"),
                new Refusal(
                        "a target among facts",
                        EventType.TICK,
                        tick.withHeader("ce_type", "io.tidegate.target.v1"),
                        "an event of type io.tidegate.target.v1 is not a fact"),
                new Refusal(
                        "a fact among targets",
                        EventType.TARGET,
                        tick,
                        "an event of type io.tidegate.tick.v1 is not a target"),
                new Refusal(
                        "a fact among decisions",
                        EventType.DECISION,
                        tick,
                        "an event of type io.tidegate.tick.v1 is not a decision"));
    }

    private static List<Refusal> brokenKeys() {
        String segments = " must have 1 to 253 visible ASCII characters, none of them '/': ";
        return List.of(
                header(
                        "no key",
                        example("tick.one").withKey(null),
                        "the key does not match the body, which speaks of 'tick/7'"),
                header(
                        "another's key",
                        example("tick.one").withKey("tick/8"),
                        "the key does not match the body, which speaks of 'tick/7'"),
                gone("no key", "policy.gone", null, "a tombstone needs a key"),
                gone(
                        "an empty key",
                        "policy.gone",
                        "",
                        "the key is not valid: an id has 4 segments, cluster/namespace/kind/name: ''"),
                gone(
                        "a workload's key",
                        "policy.gone",
                        "eu/sales/Deployment/orders",
                        "the key is not valid: the third segment of a policy id must be ScalingPolicy:"
                                + " 'eu/sales/Deployment/orders'"),
                gone(
                        "five segments",
                        "workload.gone",
                        "eu/sales/Deployment/orders/x",
                        "the key is not valid: an id has 4 segments, cluster/namespace/kind/name:"
                                + " 'eu/sales/Deployment/orders/x'"),
                gone(
                        "an empty segment",
                        "workload.gone",
                        "eu//Deployment/orders",
                        "the key is not valid: namespace" + segments + "''"),
                gone(
                        "a long segment",
                        "workload.gone",
                        "eu/sales/Deployment/" + "x".repeat(254),
                        "the key is not valid: name" + segments + "'" + "x".repeat(80) + "...'"),
                gone(
                        "a line break",
                        "workload.gone",
                        "eu/sales/Deployment/a\nb",
                        "the key is not valid: name" + segments + "'a?b'"),
                gone(
                        "a heartbeat's key",
                        "target.gone",
                        "heartbeat/7",
                        "the key is not valid: an id has 4 segments, cluster/namespace/kind/name: 'heartbeat/7'"),
                changed(
                        "a workload of five segments",
                        "sample.failed",
                        "eu/sales/Deployment/orders-ingest",
                        "eu/sales/Deployment/orders-ingest/x",
                        "the body is not a valid sample: at workload: an id has 4 segments, cluster/namespace/kind/name:"
                                + " 'eu/sales/Deployment/orders-ingest/x'"));
    }

    private static Refusal header(String name, WireRecord record, String message) {
        return new Refusal(name, EventType.TICK, record, message);
    }

    private static Refusal gone(String name, String example, @Nullable String key, String message) {
        return new Refusal(
                name + " of " + example, typeOf(example), example(example).withKey(key), message);
    }

    private static EventType typeOf(String example) {
        return example.startsWith("policy")
                ? EventType.POLICY
                : example.startsWith("target") ? EventType.TARGET : EventType.WORKLOAD;
    }
}
