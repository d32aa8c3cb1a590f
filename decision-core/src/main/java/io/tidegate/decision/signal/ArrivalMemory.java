package io.tidegate.decision.signal;

import java.util.List;

/**
 * The recent course of the end offsets.
 *
 * @param partitions number of partitions that the offsets are summed over
 * @param marks oldest first, at most {@link ArrivalMeter#MOST_MARKS}
 */
public record ArrivalMemory(int partitions, List<Mark> marks) {
    static final ArrivalMemory EMPTY = new ArrivalMemory(0, List.of());

    public ArrivalMemory {
        marks = List.copyOf(marks);
    }
}
