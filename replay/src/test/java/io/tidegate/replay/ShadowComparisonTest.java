package io.tidegate.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.contracts.decision.DecisionRecord;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.wire.Envelope;
import io.tidegate.contracts.wire.EventCodec;
import io.tidegate.contracts.wire.EventType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class ShadowComparisonTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final ShadowComparison comparison = new ShadowComparison(NOW);

    @Test
    void isTheSameWhateverIdsAndSentencesAre() {
        comparison.readBefore(Map.of(3, 100L));
        comparison.running(decision(7, 4, "a", NOW));
        comparison.shadow(decision(7, 4, "b", NOW));
        assertEquals(List.of(), comparison.differences());
        assertEquals(1, comparison.decisions());
        assertEquals(1, comparison.workloads());
    }

    @Test
    void tellsAnotherSizeAndADecisionThatOnlyOneHasTold() {
        comparison.readBefore(Map.of(3, 100L));
        comparison.running(decision(7, 4, "a", NOW));
        comparison.shadow(decision(7, 5, "a", NOW));
        comparison.shadow(decision(9, 6, "a", NOW));
        assertEquals(
                List.of(
                        "eu/sales/Deployment/orders, fact 7 of partition 3: ScaleUp 2 -> 4 (Waking), for show ScaleUp 2 -> 5 (Waking)",
                        "eu/sales/Deployment/orders, fact 9 of partition 3: nothing new, for show ScaleUp 2 -> 6 (Waking)"),
                comparison.differences());
    }

    @Test
    void leavesOutWhatOneHasNotReadYetAndWhatIsOlder() {
        comparison.readBefore(Map.of(3, 7L));
        comparison.running(decision(7, 4, "a", NOW));
        comparison.running(decision(2, 4, "a", NOW.minusMillis(1)));
        assertEquals(0, comparison.decisions());
    }

    private static RecordedEvent decision(long fact, int desired, String id, Instant at) {
        WorkloadId workload = new WorkloadId("eu", "sales", "Deployment", "orders");
        DecisionRecord decision = new DecisionRecord(
                id,
                fact,
                workload,
                new PolicyId("eu", "sales", "orders"),
                "uid",
                1,
                at,
                fact,
                DecisionRecord.Action.ScaleUp,
                2,
                desired,
                desired,
                "Waking",
                "sentence of " + id,
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                null);
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                "tidegate.decisions",
                3,
                fact,
                workload.toString().getBytes(StandardCharsets.UTF_8),
                EventCodec.body(decision));
        EventCodec.headers(EventType.DECISION, new Envelope(id, "tidegate/test", at))
                .forEach(header -> record.headers().add(header));
        return RecordedEvent.of(RecordedTopic.DECISIONS, record);
    }
}
