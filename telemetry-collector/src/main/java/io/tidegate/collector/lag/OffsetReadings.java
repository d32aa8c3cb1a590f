package io.tidegate.collector.lag;

import io.tidegate.contracts.fact.Reading.Offsets;
import io.tidegate.contracts.fact.Reading.PartitionOffsets;
import io.tidegate.contracts.policy.KafkaSignal.NoCommittedOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

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

    /**
     * The offset at which the group goes on; null if that isn't known. Without a commit that is the end where the policy says that nothing
     * counts, and the start where it says that all does.
     */
    static @Nullable Long next(PartitionOffsets partition, NoCommittedOffset noCommittedOffset) {
        Long committed = partition.committed();
        Long start = partition.start();
        if (committed != null) {
            return start == null ? committed : (Long) Math.max(committed, start);
        }
        return switch (noCommittedOffset) {
            case Latest -> partition.end();
            case Earliest -> start;
        };
    }

    private static boolean waiting(PartitionOffsets partition, NoCommittedOffset noCommittedOffset) {
        Long end = partition.end();
        Long next = next(partition, noCommittedOffset);
        return end == null || next == null || end > next;
    }
}
