package io.tidegate.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tidegate.contracts.decision.DecisionRecord;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.wire.Envelope;
import io.tidegate.contracts.wire.EventCodec;
import io.tidegate.contracts.wire.EventType;
import io.tidegate.replay.DecisionList.Difference;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class DecisionListTest {

    private static final long[] ENDS = {100};

    @Test
    void isTheSameThoughDecisionsAreToldTwice() {
        DecisionList recorded = list(decision(1, 5, 3), decision(2, 6, 4), decision(1, 5, 3));
        DecisionList rerun = list(decision(1, 5, 3), decision(2, 6, 4));
        assertEquals(List.of(), recorded.differences(rerun));
        assertEquals(List.of(), recorded.conflicts());
        assertEquals(1, recorded.duplicates());
        assertEquals(2, recorded.decisions());
    }

    @Test
    void findsTheFirstThatDiffers() {
        DecisionList recorded = list(decision(1, 5, 3), decision(2, 6, 4), decision(3, 7, 4));
        DecisionList rerun = list(decision(1, 5, 3), decision(2, 6, 9), decision(3, 7, 9));
        List<Difference> differences = recorded.differences(rerun);
        assertEquals(1, differences.size());
        assertEquals(1, differences.getFirst().index());
        assertEquals("eu/sales/Deployment/orders", differences.getFirst().workload());
    }

    @Test
    void findsOneThatIsMissingAndOneTooMany() {
        DecisionList two = list(decision(1, 5, 3), decision(2, 6, 4));
        DecisionList one = list(decision(1, 5, 3));
        assertEquals(1, two.differences(one).size());
        assertEquals(1, one.differences(two).size());
        assertEquals(1, list().differences(one).size());
    }

    @Test
    void mindsTheOrder() {
        DecisionList recorded = list(decision(1, 5, 3), decision(2, 6, 4));
        assertEquals(
                0,
                recorded.differences(list(decision(2, 6, 4), decision(1, 5, 3)))
                        .getFirst()
                        .index());
    }

    @Test
    void leavesOutDecisionsOnFactsThatWereNotRecorded() {
        assertEquals(1, list(decision(1, 99, 3), decision(2, 100, 4)).decisions());
    }

    @Test
    void tellsADecisionThatWasToldAgainWithOtherBytes() {
        assertEquals(1, list(decision(1, 5, 3), decision(1, 5, 4)).conflicts().size());
    }

    @Test
    void refusesARecordThatIsNoDecision() {
        RecordedEvent broken = RecordedEvent.of(
                RecordedTopic.DECISIONS, new ConsumerRecord<>("tidegate.decisions", 0, 0, null, new byte[] {'{'}));
        assertThrows(IllegalArgumentException.class, () -> list(broken));
    }

    private static DecisionList list(RecordedEvent... events) {
        DecisionList list = new DecisionList(ENDS);
        for (RecordedEvent event : events) {
            list.add(event);
        }
        return list;
    }

    private static RecordedEvent decision(long sequence, long factOffset, int desired) {
        WorkloadId workload = new WorkloadId("eu", "sales", "Deployment", "orders");
        DecisionRecord decision = new DecisionRecord(
                "d-" + sequence,
                sequence,
                workload,
                new PolicyId("eu", "sales", "a"),
                "uid",
                1,
                Instant.EPOCH,
                factOffset,
                DecisionRecord.Action.ScaleUp,
                1,
                desired,
                desired,
                "DemandRose",
                "More arrives than before.",
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                null);
        return new RecordedEvent(
                RecordedTopic.DECISIONS,
                0,
                sequence,
                0,
                workload.toString().getBytes(StandardCharsets.UTF_8),
                List.of(EventCodec.headers(
                                EventType.DECISION, new Envelope(decision.id(), "tidegate/test", Instant.EPOCH))
                        .toArray()),
                EventCodec.body(decision));
    }
}
