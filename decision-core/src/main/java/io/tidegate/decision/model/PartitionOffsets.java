package io.tidegate.decision.model;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * Offsets of one partition, in records.
 *
 * @param committed what the group has committed; empty means that it has committed nothing
 * @param start the first offset that is still there; empty means unknown
 * @param end the offset after the last record; empty means unknown
 */
public record PartitionOffsets(
        String topic, int partition, OptionalLong committed, OptionalLong start, OptionalLong end) {
    public PartitionOffsets {
        Objects.requireNonNull(topic, "topic");
        if (partition < 0) {
            throw new IllegalArgumentException("partition must not be negative: " + partition);
        }
        requireOffset("committed", committed);
        requireOffset("start", start);
        requireOffset("end", end);
    }

    private static void requireOffset(String what, OptionalLong offset) {
        if (offset.isPresent() && offset.getAsLong() < 0) {
            throw new IllegalArgumentException(what + " must not be negative: " + offset.getAsLong());
        }
    }
}
