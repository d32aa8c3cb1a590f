package io.tidegate.decision.signal;

/** Times the commits of a group. Between commits nothing is known to have been processed, so no rate is read there. */
final class CommitMeter {
    /** A partition that has rested for so long has no traffic to time; another is chosen. */
    private static final long PROBE_PATIENCE_MS = 15_000;
    /** A partition also rests while its consumer reads others, so a short spacing tells more than a long one. */
    private static final double WEIGHT_OF_SHORTER = 0.5;

    private static final double WEIGHT_OF_LONGER = 0.05;

    private CommitMeter() {}

    static CommitMemory update(CommitMemory memory, Totals totals, long at) {
        boolean sameTopic = memory.partitions() == totals.partitions() && totals.consumed() >= memory.consumed();
        boolean moved = sameTopic && totals.guessed() == 0 && totals.consumed() > memory.consumed();
        double processed = sameTopic ? memory.processed() : -1;
        if (moved && memory.movedAt() >= 0) {
            processed = (totals.consumed() - memory.consumed()) * 1_000.0 / (at - memory.movedAt());
        }
        Probe probe = sameTopic ? memory.probe() : Probe.NONE;
        double interval = memory.intervalMillis();
        Probe next = probe(probe, totals, at);
        if (probe.moved() && next.at() > probe.at() && next.partition() == probe.partition()) {
            interval = learn(interval, (double) (next.at() - probe.at()));
        }
        long movedAt = moved ? at : sameTopic ? memory.movedAt() : -1;
        return new CommitMemory(totals.partitions(), totals.consumed(), movedAt, processed, interval, next);
    }

    private static Probe probe(Probe probe, Totals totals, long at) {
        if (probe.partition() < 0 || at - probe.at() > PROBE_PATIENCE_MS) {
            return totals.lagging() > 0 ? new Probe(totals.busiest(), -1, at, false) : probe;
        }
        if (probe.consumed() >= 0 && totals.probed() > probe.consumed()) {
            return new Probe(probe.partition(), totals.probed(), at, true);
        }
        return probe.consumed() >= 0 ? probe : new Probe(probe.partition(), totals.probed(), at, false);
    }

    private static double learn(double known, double seen) {
        return known < 0 ? seen : known + (seen - known) * (seen < known ? WEIGHT_OF_SHORTER : WEIGHT_OF_LONGER);
    }
}
