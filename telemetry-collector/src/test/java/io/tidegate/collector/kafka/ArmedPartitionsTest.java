package io.tidegate.collector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.collector.lag.RecordWatch.Arming;
import io.tidegate.collector.lag.SignalKey;
import io.tidegate.contracts.id.WorkloadId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ArmedPartitionsTest {

    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
    private static final TopicPartition CLICKS = new TopicPartition("clicks", 0);

    private final ArmedPartitions armed = new ArmedPartitions();
    private final Arming early = arming("early", 1);
    private final Arming late = arming("late", 2);

    @Test
    void standsAtTheLeastOffsetOfAllWhoWatch() {
        armed.arm(late, Map.of(ORDERS, 12L), 0);
        armed.arm(early, Map.of(ORDERS, 10L, CLICKS, 3L), 0);
        assertEquals(10L, armed.position(ORDERS));
        assertEquals(Set.of(ORDERS, CLICKS), armed.partitions());
        armed.disarm(early.signal());
        assertEquals(12L, armed.position(ORDERS));
        assertNull(armed.position(CLICKS));
        assertEquals(Set.of(ORDERS), armed.partitions());
    }

    @Test
    void wakesThoseWhoseOffsetIsReached() {
        armed.arm(early, Map.of(ORDERS, 10L), 0);
        armed.arm(late, Map.of(ORDERS, 12L), 0);
        assertEquals(List.of(), armed.reached(ORDERS, 9));
        assertEquals(List.of(early), armed.reached(ORDERS, 11));
        assertEquals(List.of(early, late), armed.reached(ORDERS, 12));
    }

    @Test
    void forgetsAnArmingThatIsReplaced() {
        armed.arm(early, Map.of(ORDERS, 10L, CLICKS, 1L), 0);
        Arming again = new Arming(early.signal(), 9);
        assertEquals(Set.of(ORDERS, CLICKS), Set.copyOf(armed.arm(again, Map.of(ORDERS, 20L), 0)));
        assertEquals(20L, armed.position(ORDERS));
        assertNull(armed.position(CLICKS));
        assertEquals(List.of(again), armed.watching(List.of(ORDERS)));
    }

    @Test
    void tellsEachCoverageOnceAndWhenTheNextIs() {
        armed.arm(early, Map.of(ORDERS, 10L), 100);
        armed.arm(late, Map.of(ORDERS, 10L), 200);
        assertEquals(100, armed.nextCoverage(1000));
        assertEquals(List.of(), armed.takeCovered(99));
        assertEquals(List.of(early), armed.takeCovered(100));
        assertEquals(200, armed.nextCoverage(1000));
        assertEquals(List.of(late), armed.takeCovered(500));
        assertEquals(List.of(), armed.takeCovered(500));
        assertEquals(1000, armed.nextCoverage(1000));
    }

    @Test
    void isEmptyOnceAllAreDisarmed() {
        armed.arm(early, Map.of(ORDERS, 10L), 0);
        armed.disarm(early.signal());
        armed.disarm(early.signal());
        assertTrue(armed.isEmpty());
        assertEquals(Set.of(), armed.partitions());
    }

    private static Arming arming(String name, long token) {
        return new Arming(new SignalKey(new WorkloadId("default", "sales", "Deployment", name), "lag"), token);
    }
}
