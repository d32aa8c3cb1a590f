package io.tidegate.decision.signal;

/**
 * The stretch under way in which all replicas seem busy: from one commit to the latest, under one number of replicas.
 *
 * @param replicas that number, 0 while there is no stretch
 * @param from its first commit, in ms since the epoch
 * @param consumed where the group was at that commit
 * @param leastLag least lag since, in records
 */
public record BusyRun(int replicas, long from, long consumed, long leastLag) {
    static final BusyRun NONE = new BusyRun(0, 0, 0, 0);
}
