package io.tidegate.decision.policy;

import java.util.List;

/**
 * How lag is counted and shared out, with the words that users of lag scaling know.
 *
 * @param limitToPartitionsWithLag no more replicas than partitions in which records wait; without an objective only, since
 *     under one it is arrivals that choose the size
 * @param excludePersistentLag records of a partition whose commits stand still have no say in the size; they do wake
 * @param evenDistribution only sizes that share the partitions evenly
 * @param partitions the partitions that count; empty means all
 */
public record LagOptions(
        boolean limitToPartitionsWithLag,
        boolean excludePersistentLag,
        boolean evenDistribution,
        List<PartitionRange> partitions) {
    /** Ranges are tried one by one for each partition. */
    private static final int MOST_RANGES = 100;

    private static final LagOptions NONE = new LagOptions(false, false, false, List.of());

    public LagOptions {
        partitions = List.copyOf(partitions);
        if (limitToPartitionsWithLag && evenDistribution) {
            throw new IllegalArgumentException("limitToPartitionsWithLag and evenDistribution exclude one another");
        }
        if (partitions.size() > MOST_RANGES) {
            throw new IllegalArgumentException(
                    "partitions must have at most " + MOST_RANGES + " ranges: " + partitions.size());
        }
    }

    /** All lag of all partitions counts. */
    public static LagOptions none() {
        return NONE;
    }

    /** Whether this partition counts. */
    public boolean counts(int partition) {
        if (partitions.isEmpty()) {
            return true;
        }
        for (PartitionRange range : partitions) {
            if (range.contains(partition)) {
                return true;
            }
        }
        return false;
    }
}
