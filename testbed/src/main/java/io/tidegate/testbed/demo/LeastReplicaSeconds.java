package io.tidegate.testbed.demo;

import java.util.Arrays;

/**
 * The least that a load could have cost somebody who knew all of it beforehand: a dynamic programme over the seconds of the
 * load, the replicas and the backlog.
 *
 * <p>A replica costs each second it serves, and its start-up time once each time it is started. In each second {@code n} replicas
 * serve {@code n} times the rate, of what waits or arrives in that second. What arrived in a second must be served by the end of
 * the second that lies {@code maxLatency} later, so a record may wait up to a second longer than the objective: the result
 * errs on the low side.
 */
public final class LeastReplicaSeconds {

    /** Buckets of backlog per replica and second; rounding to the nearest keeps the result within a percent. */
    private static final int BUCKETS = 100;

    private final int[] arrivals;
    private final int[] arrivedWithin;
    private final double startUpSeconds;
    private final int maxReplicas;

    private LeastReplicaSeconds(int[] arrivals, int[] arrivedWithin, double startUpSeconds, int maxReplicas) {
        this.arrivals = arrivals;
        this.arrivedWithin = arrivedWithin;
        this.startUpSeconds = startUpSeconds;
        this.maxReplicas = maxReplicas;
    }

    /**
     * Computes the least cost.
     *
     * @param arrivals records that arrived in each second
     * @param ratePerReplica records a second of one replica, positive
     * @param startUpSeconds seconds from asking for a replica until it serves, not negative
     * @param maxLatencySeconds the objective in whole seconds, at least 1
     * @param maxReplicas most replicas allowed, at least 1
     * @return replica-seconds; positive infinity if {@code maxReplicas} can't hold the objective
     */
    public static double of(
            long[] arrivals, double ratePerReplica, double startUpSeconds, int maxLatencySeconds, int maxReplicas) {
        if (!(ratePerReplica > 0) || !(startUpSeconds >= 0) || maxLatencySeconds < 1 || maxReplicas < 1) {
            throw new IllegalArgumentException("rate, latency and replicas must be positive: rate " + ratePerReplica
                    + ", start-up " + startUpSeconds + ", latency " + maxLatencySeconds + ", replicas " + maxReplicas);
        }
        int seconds = arrivals.length + maxLatencySeconds + 1;
        int[] buckets = new int[seconds];
        double exact = 0;
        long rounded = 0;
        for (int t = 0; t < arrivals.length; t++) {
            exact += arrivals[t] / ratePerReplica * BUCKETS;
            buckets[t] = Math.toIntExact(Math.round(exact) - rounded);
            rounded += buckets[t];
        }
        int[] within = new int[seconds];
        int window = 0;
        for (int t = 0; t < seconds; t++) {
            window += buckets[t];
            if (t >= maxLatencySeconds) {
                window -= buckets[t - maxLatencySeconds];
            }
            within[t] = window;
        }
        return new LeastReplicaSeconds(buckets, within, startUpSeconds, maxReplicas).solve();
    }

    private double solve() {
        double[][] costs = {{0}};
        for (int t = 0; t < arrivals.length; t++) {
            costs = next(costs, t);
        }
        return Arrays.stream(costs).mapToDouble(byBacklog -> byBacklog[0]).min().orElse(Double.POSITIVE_INFINITY);
    }

    /** The least cost of each state, by replicas and backlog, after second {@code t}. */
    private double[][] next(double[][] before, int t) {
        double[][] after = new double[maxReplicas + 1][arrivedWithin[t] + 1];
        for (double[] row : after) {
            Arrays.fill(row, Double.POSITIVE_INFINITY);
        }
        for (int backlog = 0; backlog < before[0].length; backlog++) {
            double[] reached = reached(before, backlog);
            for (int replicas = 0; replicas <= maxReplicas; replicas++) {
                int left = Math.max(0, backlog + arrivals[t] - replicas * BUCKETS);
                if (left <= arrivedWithin[t]) {
                    after[replicas][left] = Math.min(after[replicas][left], reached[replicas] + replicas);
                }
            }
        }
        return after;
    }

    /** The least cost of having each number of replicas at a backlog, starts paid; stops are free. */
    private double[] reached(double[][] before, int backlog) {
        double[] reached = new double[maxReplicas + 1];
        Arrays.fill(reached, Double.POSITIVE_INFINITY);
        for (int from = 0; from < before.length; from++) {
            reached[from] = before[from][backlog];
        }
        for (int n = 1; n <= maxReplicas; n++) {
            reached[n] = Math.min(reached[n], reached[n - 1] + startUpSeconds);
        }
        for (int n = maxReplicas; n > 0; n--) {
            reached[n - 1] = Math.min(reached[n - 1], reached[n]);
        }
        return reached;
    }
}
