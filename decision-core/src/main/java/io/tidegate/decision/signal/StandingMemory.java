package io.tidegate.decision.signal;

import java.util.List;

/**
 * Partitions whose commits stand still while records wait in them. Of any number of partitions at most
 * {@link StandingMeter#MOST} are followed: what waits in the others counts as ever.
 *
 * @param partitions number of partitions of the signal
 * @param standing in no order
 */
public record StandingMemory(int partitions, List<StandingPartition> standing) {
    static final StandingMemory EMPTY = new StandingMemory(0, List.of());

    public StandingMemory {
        standing = List.copyOf(standing);
    }

    /** When this partition's commits were first seen to stand where they are, in ms; {@link Long#MAX_VALUE} if they move. */
    long since(int index, long consumed) {
        for (StandingPartition one : standing) {
            if (one.index() == index && one.consumed() == consumed) {
                return one.since();
            }
        }
        return Long.MAX_VALUE;
    }
}
