package io.tidegate.decision.recommend;

import io.tidegate.decision.policy.Objective;
import io.tidegate.decision.policy.SparkSignal;
import io.tidegate.decision.signal.BatchMark;
import io.tidegate.decision.signal.Queries;
import java.util.Optional;

/**
 * What a batch says about the executors that are needed. Times are ms.
 *
 * @param trigger from one batch's begin to the next one's; 0 if each follows the last at once
 * @param share of a trigger that a batch may take
 * @param latency that a row may have; infinite if any
 * @param slots tasks at a time of one executor
 * @param parallelism tasks at a time that the partitions allow
 */
record BatchDemand(double trigger, double share, double latency, int slots, double parallelism, boolean stateful) {
    /** Arrivals that have begun to rise rise further. */
    private static final double HEADROOM = 0.1;
    /** A backlog is worked off within ten triggers, or what a minute and a bit allows: executors start in seconds. */
    private static final double RECOVERY_TRIGGERS = 10;

    private static final double SHORTEST_RECOVERY_MS = 10_000;
    private static final double LONGEST_RECOVERY_MS = 300_000;
    /** Of what a batch may take, the least that is left for its tasks: what planning and commits take, no size helps. */
    private static final double LEAST_SHARE = 0.2;
    /** Of a slot's time, the least that is used where batches follow each other at once. */
    private static final double LEAST_BUSY = 0.3;
    /** Keeps 24 x 200 / 1200 from falling below 4 by rounding. */
    private static final double ROUNDING = 1e-9;

    static BatchDemand of(SparkSignal signal, Queries queries, Optional<Objective.Latency> latency, int slots) {
        return new BatchDemand(
                Math.max(0, queries.triggerMillis()),
                signal.batchOverTrigger(),
                latency.isPresent() ? latency.get().maxLatency().toMillis() : Double.POSITIVE_INFINITY,
                slots,
                queries.parallelism(),
                queries.stateful());
    }

    /** Rows/s of one busy slot. */
    static double rate(BatchMark batch) {
        return batch.taskMillis() == 0 ? 0 : batch.rows() * 1_000.0 / batch.taskMillis();
    }

    private double period(BatchMark batch) {
        return Math.max(1, Math.max(trigger, (double) batch.batchMillis()));
    }

    /** Rows/s that arrive. Of a first batch Spark tells 0, since there is no trigger before it; its rows show otherwise. */
    double arrival(BatchMark batch) {
        return batch.inputRate() < 0 || (batch.inputRate() == 0 && batch.rows() > 0)
                ? batch.rows() * 1_000.0 / period(batch)
                : batch.inputRate();
    }

    /** How long a batch may take; infinite if any time. A row waits for the trigger, then for its batch. */
    double allowedMillis() {
        return trigger > 0
                ? Math.max(LEAST_SHARE * share * trigger, Math.min(share * trigger, latency - trigger))
                : latency / 2;
    }

    /** All executors that the partitions can use. */
    int most() {
        return (int) Math.ceil(parallelism / slots);
    }

    /** Executors that keep up with what {@code batch} has shown; -1 if it has shown nothing. */
    int executors(BatchMark batch) {
        double rate = rate(batch);
        if (rate <= 0) {
            return batch.inputRate() == 0 && batch.backlog() <= 0 ? 0 : -1;
        }
        double period = period(batch);
        double arrival = arrival(batch);
        // What has arrived since the batch began is no backlog.
        double late = Math.max(0, (double) batch.backlog() - arrival * period / 1_000);
        double keepingUp = (arrival * (1 + HEADROOM) + late * 1_000 / recovery()) / rate;
        double inTime = arrival / rate / busyShare(overhead(batch));
        return rounded(Math.max(keepingUp, inTime));
    }

    private double recovery() {
        double usual = Math.clamp(RECOVERY_TRIGGERS * trigger, SHORTEST_RECOVERY_MS, LONGEST_RECOVERY_MS);
        return Math.min(usual, latency);
    }

    /** What a batch takes besides its tasks, by what its waves of tasks would have taken at the least. */
    private static double overhead(BatchMark batch) {
        double tasks = Math.max(1, batch.tasks());
        double used = tasks / Math.ceil(tasks / Math.max(1, batch.slots()));
        double whole = (double) batch.batchMillis();
        return Math.max(whole - batch.addBatchMillis(), whole - batch.taskMillis() / used);
    }

    /** Part of a slot's time that tasks may have. */
    private double busyShare(double overhead) {
        if (trigger > 0) {
            double allowed = allowedMillis();
            return Math.max(LEAST_SHARE * allowed, allowed - overhead) / trigger;
        }
        // A batch of b ms has the rows of b ms: b = overhead / (1 - busy), and a row waits for up to two batches.
        return latency < Double.POSITIVE_INFINITY ? Math.max(LEAST_BUSY, 1 - 2 * overhead / latency) : share;
    }

    /** Partitions are shared whole, so that only some sizes differ. */
    private int rounded(double needed) {
        if (needed <= 0) {
            return 0;
        }
        double each = Math.floor(parallelism / needed + ROUNDING);
        double used = each >= 1 ? Math.ceil(parallelism / each) : parallelism;
        return (int) Math.min(Integer.MAX_VALUE, Math.ceil(used / slots));
    }
}
