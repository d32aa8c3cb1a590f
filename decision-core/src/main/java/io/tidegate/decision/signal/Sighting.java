package io.tidegate.decision.signal;

/**
 * One sample, beside those who work on it.
 *
 * @param at when it was taken, in ms since the epoch
 * @param replicas replicas that process, 0 while that is not certain
 * @param changedAt when their number last changed, in ms since the epoch
 */
record Sighting(Totals totals, long at, int replicas, long changedAt) {
    /** Records that wait; none if most partitions have none, since then consumers may be starving,
     * or if it is not known where the group is. */
    long waiting() {
        return totals.guessed() > 0 || totals.lagging() * 2L < totals.partitions() ? 0 : totals.lag();
    }
}
