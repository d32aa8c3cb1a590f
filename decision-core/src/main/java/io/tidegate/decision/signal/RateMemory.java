package io.tidegate.decision.signal;

import java.util.List;

/**
 * What has been learned of the true processing rate of a replica.
 *
 * @param run the stretch under way
 * @param intervals the last stretches, oldest first, at most {@link RateEstimate#MOST_INTERVALS}
 * @param rate records/s of one replica, -1 while unknown
 * @param confidence of {@code rate}, 0 to 1
 */
public record RateMemory(BusyRun run, List<RateInterval> intervals, double rate, double confidence) {
    static final RateMemory EMPTY = new RateMemory(BusyRun.NONE, List.of(), -1, 0);

    public RateMemory {
        intervals = List.copyOf(intervals);
    }
}
