package io.tidegate.decision.signal;

import java.util.ArrayList;
import java.util.List;

/** A rate that no single stretch can double or halve: a quantile of the stretches, each weighted by its length. */
final class RateEstimate {
    /** With stretches of 5 s: the last 80 s of full work, so that a changed workload is learned anew in about a minute. */
    static final int MOST_INTERVALS = 16;
    /**
     * Pauses and half-busy stretches only ever lower a measured rate, so the estimate lies above the median; duplicates
     * and moved offsets raise single ones, so it lies well below the maximum.
     */
    private static final double QUANTILE = 0.6;
    /** Full work of 5 s gives a confidence of 0.5, of 20 s 0.8. */
    private static final double HALF_SURE_SECONDS = 5;
    /** Stretches that agree with the estimate lie within a fifth of it. */
    private static final double AGREEMENT = 0.2;

    private RateEstimate() {}

    /** Keeps {@code interval}, and estimates anew. */
    static RateMemory add(RateMemory memory, RateInterval interval) {
        List<RateInterval> intervals = new ArrayList<>(MOST_INTERVALS);
        List<RateInterval> known = memory.intervals();
        intervals.addAll(known.subList(known.size() < MOST_INTERVALS ? 0 : 1, known.size()));
        intervals.add(interval);
        return estimate(memory.run(), intervals, intervals);
    }

    /** Estimates with {@code interval}, which is still under way, without keeping it. */
    static RateMemory preview(RateMemory memory, RateInterval interval) {
        List<RateInterval> all = new ArrayList<>(MOST_INTERVALS + 1);
        all.addAll(memory.intervals());
        all.add(interval);
        return estimate(memory.run(), memory.intervals(), all);
    }

    private static RateMemory estimate(BusyRun run, List<RateInterval> kept, List<RateInterval> all) {
        int count = all.size();
        double[] rates = new double[count];
        double[] weights = new double[count];
        double total = 0;
        for (int i = 0; i < count; i++) {
            RateInterval interval = all.get(i);
            int at = i;
            for (; at > 0 && rates[at - 1] > interval.rate(); at--) {
                rates[at] = rates[at - 1];
                weights[at] = weights[at - 1];
            }
            rates[at] = interval.rate();
            weights[at] = interval.seconds();
            total += interval.seconds();
        }
        int at = 0;
        for (double below = weights[0]; below < QUANTILE * total; below += weights[at]) {
            at++;
        }
        double rate = rates[at];
        double agreeing = 0;
        for (int i = 0; i < count; i++) {
            agreeing += Math.abs(rates[i] - rate) <= AGREEMENT * rate ? weights[i] : 0;
        }
        double confidence = agreeing / total * (total / (total + HALF_SURE_SECONDS));
        return new RateMemory(run, kept, rate, confidence);
    }
}
