package io.tidegate.decision.signal;

/**
 * The one partition whose commits are timed: over all partitions, the commits of many consumers blur into one another.
 *
 * @param partition its index, -1 for none
 * @param consumed where the group is in it, -1 before it was read
 * @param at when that last grew, or when the partition was chosen; ms since the epoch
 * @param moved whether it has grown since it was chosen
 */
public record Probe(int partition, long consumed, long at, boolean moved) {
    static final Probe NONE = new Probe(-1, -1, -1, false);
}
