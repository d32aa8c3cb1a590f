package io.tidegate.decision.policy;

/**
 * Partitions of each topic that count, by number.
 *
 * @param first 0 or more
 * @param last included; {@code first} or more
 */
public record PartitionRange(int first, int last) {
    public PartitionRange {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException("not a range of partitions: " + first + "-" + last);
        }
    }

    /** Whether the range has this partition. */
    public boolean contains(int partition) {
        return partition >= first && partition <= last;
    }
}
