package io.tidegate.policyengine.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.contracts.topic.DomainPartitions;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PartitionersTest {

    private static final String KEY = "eu/sales/Deployment/orders";

    private final TargetPartitioner targets = new TargetPartitioner();
    private final DomainStreamPartitioner byDomain = new DomainStreamPartitioner();

    @Test
    void placesTargetsAndDecisionsWhereTheirFactsLie() {
        Optional<Set<Integer>> expected = Optional.of(Set.of(DomainPartitions.of(KEY, 12)));
        assertEquals(expected, targets.partitions("tidegate.targets", KEY, new byte[0], 12));
        assertEquals(expected, byDomain.partitions("tidegate.decisions", KEY, new byte[0], 12));
    }

    @Test
    void placesAHeartbeatInItsPartition() {
        assertEquals(Optional.of(Set.of(7)), targets.partitions("tidegate.targets", "heartbeat/7", null, 12));
    }

    @Test
    void placesADeadLetterWithoutKeySomewhere() {
        assertEquals(Optional.of(Set.of(0)), byDomain.partitions("tidegate.facts.dlq", null, null, 12));
        int hashed = DomainPartitions.of("heartbeat/999", 12);
        assertEquals(Optional.of(Set.of(hashed)), byDomain.partitions("tidegate.facts.dlq", "heartbeat/999", null, 12));
    }
}
