package io.tidegate.bench.latency;

import java.util.List;

/**
 * What a set of latencies comes to, in milliseconds.
 *
 * @param p50 median
 * @param p90 what 90 % keep
 * @param p99 what 99 % keep
 * @param max longest
 * @param n how many there are
 */
record Distribution(double p50, double p90, double p99, double max, int n) {

    /** The nearest-rank percentiles; all 0 where there are no samples. */
    static Distribution of(List<Double> millis) {
        double[] sorted =
                millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Distribution(rank(sorted, 50), rank(sorted, 90), rank(sorted, 99), rank(sorted, 100), sorted.length);
    }

    private static double rank(double[] sorted, int percent) {
        if (sorted.length == 0) {
            return 0;
        }
        int index = (int) Math.ceil(percent / 100.0 * sorted.length) - 1;
        return Math.round(sorted[Math.max(0, index)] * 100) / 100.0;
    }
}
