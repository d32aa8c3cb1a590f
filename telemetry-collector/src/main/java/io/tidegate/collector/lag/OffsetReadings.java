package io.tidegate.collector.lag;

import io.tidegate.contracts.fact.Reading.Offsets;
import io.tidegate.contracts.fact.Reading.PartitionOffsets;
import io.tidegate.contracts.policy.KafkaSignal.NoCommittedOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** What the cadence needs to know of a reading. The lag that decisions use is derived elsewhere. */
final class OffsetReadings {

    private OffsetReadings() {}

    /** End offsets of all partitions; empty if one is unknown or there are none. */
    static Optional<Map<TopicPartition, Long>> ends(Offsets offsets) {
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (PartitionOffsets partition : offsets.partitions()) {
            if (partition.end() == null) {
                return Optional.empty();
            }
            ends.put(new TopicPartition(partition.topic(), partition.partition()), partition.end());
        }
        return ends.isEmpty() ? Optional.empty() : Optional.of(Map.copyOf(ends));
    }

    /** Whether a commit is expected: some record waits, or that can't be told. */
    static boolean waiting(Offsets offsets, NoCommittedOffset noCommittedOffset) {
        return offsets.partitions().isEmpty()
                || offsets.partitions().stream().anyMatch(partition -> waiting(partition, noCommittedOffset));
    }

    private static boolean waiting(PartitionOffsets partition, NoCommittedOffset noCommittedOffset) {
        Long end = partition.end();
        if (end == null) {
            return true;
        }
        Long committed = partition.committed();
        if (committed != null) {
            return end > committed;
        }
        return switch (noCommittedOffset) {
            case Latest -> false;
            case Earliest -> partition.start() == null || end > partition.start();
        };
    }
}
