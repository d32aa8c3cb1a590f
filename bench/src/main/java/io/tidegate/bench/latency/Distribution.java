package io.tidegate.bench.latency;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a set of latencies comes to, in milliseconds.
 *
 * @param p50 median
 * @param p90 what 90 % keep
 * @param p99 what 99 % keep
 * @param max longest
 * @param n how many there are
 * @param slowest the five longest, longest first, each as [its place among the samples from 0, milliseconds]
 */
record Distribution(double p50, double p90, double p99, double max, int n, List<List<Number>> slowest) {

    private static final int SLOWEST = 5;

    /** The nearest-rank percentiles; all 0 where there are no samples. */
    static Distribution of(List<Double> millis) {
        double[] sorted =
                millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Distribution(
                rank(sorted, 50),
                rank(sorted, 90),
                rank(sorted, 99),
                rank(sorted, 100),
                sorted.length,
                slowest(millis));
    }

    private static List<List<Number>> slowest(List<Double> millis) {
        return IntStream.range(0, millis.size())
                .boxed()
                .sorted(Comparator.comparing(millis::get).reversed())
                .limit(SLOWEST)
                .map(place -> List.<Number>of(place, rounded(millis.get(place))))
                .toList();
    }

    private static double rank(double[] sorted, int percent) {
        if (sorted.length == 0) {
            return 0;
        }
        int index = (int) Math.ceil(percent / 100.0 * sorted.length) - 1;
        return rounded(sorted[Math.max(0, index)]);
    }

    private static double rounded(double millis) {
        return Math.round(millis * 100) / 100.0;
    }
}
