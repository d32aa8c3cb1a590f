package io.tidegate.contracts.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.contracts.fact.Fact;
import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.fact.PolicyTombstone;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.KafkaSignal;
import io.tidegate.contracts.policy.Mode;
import io.tidegate.contracts.policy.Objective;
import io.tidegate.contracts.policy.PolicySpec;
import io.tidegate.contracts.policy.ReplicaBounds;
import io.tidegate.contracts.policy.ScaleTargetRef;
import io.tidegate.contracts.policy.SignalSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventCodecTest {

    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final WorkloadId WORKLOAD = new WorkloadId("eu", "sales", "Deployment", "orders");

    @Test
    void readsBackAPolicy() throws UnreadableRecordException {
        assertReadsBack(new PolicyFact(
                new PolicyId("eu", "sales", "orders"),
                "7d0d",
                3,
                TIME,
                WORKLOAD,
                new PolicySpec(
                        new ScaleTargetRef("apps/v1", "Deployment", "orders"),
                        Mode.Shadow,
                        new ReplicaBounds(0, 40),
                        new Objective(Duration.ofSeconds(90), 95),
                        List.of(new SignalSpec(
                                "lag",
                                new KafkaSignal(
                                        "kafka",
                                        "orders",
                                        List.of("orders"),
                                        10,
                                        0,
                                        KafkaSignal.NoCommittedOffset.Earliest,
                                        250.0,
                                        false,
                                        KafkaSignal.Wake.Fetch))),
                        null,
                        null)));
    }

    @Test
    void readsBackASampleWithUnknownOffsets() throws UnreadableRecordException {
        assertReadsBack(new SampleFact(
                WORKLOAD,
                "lag",
                new Reading.Offsets(List.of(new Reading.PartitionOffsets("orders", 0, null, 0L, 17L)))));
    }

    @Test
    void readsANullBodyAsATombstone() throws UnreadableRecordException {
        assertReadsBack(new PolicyTombstone(new PolicyId("eu", "sales", "orders")));
    }

    private static void assertReadsBack(Fact fact) throws UnreadableRecordException {
        Envelope envelope = new Envelope("e-1", "tidegate/test", TIME);
        Event<Fact> read = EventCodec.fact(
                fact.key(), EventCodec.body(fact), EventCodec.headers(EventCodec.typeOf(fact), envelope));
        assertEquals(new Event<>(envelope, fact), read);
    }
}
