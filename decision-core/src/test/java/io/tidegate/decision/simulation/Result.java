package io.tidegate.decision.simulation;

import java.util.List;

/**
 * What came of a simulation.
 *
 * @param replicaSeconds replicas times seconds, from the moment that they were asked for
 * @param leastReplicaSeconds work of all records over the rate of a replica: no plan can be cheaper
 * @param changes times at which the size changed, with the new size
 */
record Result(
        String label,
        long produced,
        long consumed,
        long p99Millis,
        long worstMillis,
        double replicaSeconds,
        double leastReplicaSeconds,
        int replicas,
        List<Change> changes) {
    /** A new size at a second. */
    record Change(double second, int replicas, String sentence) {}

    double costRatio() {
        return replicaSeconds / leastReplicaSeconds;
    }

    String line() {
        return String.format(
                "%-95s p99 %6.2f s, worst %6.2f s, cost %5.2f (%4.0f / %4.0f), %2d changes, left %d, end %d",
                label,
                p99Millis / 1e3,
                worstMillis / 1e3,
                costRatio(),
                replicaSeconds,
                leastReplicaSeconds,
                changes.size(),
                produced - consumed,
                replicas);
    }
}
