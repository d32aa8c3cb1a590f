package io.tidegate.decision.recommend;

import io.tidegate.decision.model.Basis;
import io.tidegate.decision.model.Reading;
import io.tidegate.decision.model.Recommendation;
import io.tidegate.decision.model.StageReading;
import io.tidegate.decision.signal.BatchMark;
import io.tidegate.decision.signal.Queries;
import io.tidegate.decision.signal.SparkMeter;
import io.tidegate.decision.signal.SparkObservation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Executors for the streaming queries of a Spark application, by the true rate of a slot: rows over the time that tasks
 * were busy with them (DS2, OSDI 2018). A size must have shown to be too small in two batches and too large in four, and
 * shrinks only while no task runs: what a batch reads is then lost to none. So a fall in arrivals is followed within five
 * batches, the first of which has rows from before and after it.
 */
final class StreamingRecommender {
    private static final int BATCHES_UP = 2;
    private static final int BATCHES_DOWN = SparkMeter.MOST_BATCHES;
    /** A size is left for one of at most so much of it: with noise of a tenth the two would alternate. */
    private static final double BAND = 0.8;
    /** State is loaded anew at other executors, so that few large steps are cheaper. */
    private static final double STATEFUL_BAND = 0.6;

    private static final double STATEFUL_ROOM = 1.25;
    /** Without a batch for so many of the longest periods there is nothing to read. */
    private static final int QUIET_PERIODS = 5;

    private static final double SHORTEST_PERIOD_MS = 2_000;
    /** So soon after a batch the next one has at most begun to plan. */
    private static final long BETWEEN_MS = 1_000;

    private StreamingRecommender() {}

    static Recommendation recommend(SparkObservation seen, Reading.Spark reading, Circumstances all) {
        Queries queries = Queries.counted(seen.signal(), reading);
        int current = all.target().replicas();
        List<BatchMark> batches = seen.course().batches();
        if (queries.count() == 0 || batches.isEmpty()) {
            return new Recommendation(
                    "streaming",
                    seen.signal().name(),
                    Math.max(1, current),
                    true,
                    OptionalDouble.empty(),
                    new Basis.SparkUnseen());
        }
        BatchDemand demand = BatchDemand.of(seen.signal(), queries, all.policy().latency(), reading.slots());
        boolean quiet = reading.activeJobs() == 0 && quiet(queries, seen.age());
        int needed = demand.executors(batches.getLast());
        int size = quiet ? 0 : size(demand, batches, current, betweenBatches(reading, queries, seen.age()));
        if (needed < 0) {
            return new Recommendation(
                    "streaming", seen.signal().name(), size, !quiet, OptionalDouble.empty(), new Basis.SparkUnseen());
        }
        boolean active = !quiet && (size > 0 || reading.activeJobs() > 0);
        return new Recommendation(
                "streaming",
                seen.signal().name(),
                size,
                active,
                OptionalDouble.empty(),
                basis(demand, batches.getLast(), reading.slots(), needed));
    }

    private static boolean quiet(Queries queries, Duration age) {
        double period = Math.max(SHORTEST_PERIOD_MS, (double)
                Math.max(queries.triggerMillis(), queries.last().batchMillis()));
        return queries.sinceEndMillis() + age.toMillis() > QUIET_PERIODS * period;
    }

    private static boolean betweenBatches(Reading.Spark reading, Queries queries, Duration age) {
        boolean resting = true;
        for (StageReading stage : reading.stages()) {
            resting &= stage.running() == 0;
        }
        return resting || queries.sinceEndMillis() + age.toMillis() <= BETWEEN_MS;
    }

    private static int size(BatchDemand demand, List<BatchMark> batches, int current, boolean between) {
        int seen = batches.size();
        int newest = demand.executors(batches.get(seen - 1));
        if (newest < 0) {
            return Math.max(1, current);
        }
        // Nothing can show more while nothing runs.
        int least = seen < BATCHES_UP || current == 0 ? newest : demand.executors(batches.get(seen - BATCHES_UP));
        if (newest > current && least > current && (seen >= BATCHES_UP || current == 0)) {
            return demand.stateful() ? Math.min(demand.most(), (int) Math.ceil(STATEFUL_ROOM * newest)) : newest;
        }
        if (seen < BATCHES_DOWN || !between) {
            return current;
        }
        int largest = 0;
        for (BatchMark batch : batches) {
            int needed = demand.executors(batch);
            largest = Math.max(largest, needed < 0 ? current : needed);
        }
        double band = demand.stateful() ? STATEFUL_BAND : BAND;
        return largest <= band * current ? largest : current;
    }

    private static Basis basis(BatchDemand demand, BatchMark last, int slots, int needed) {
        double allowed = demand.allowedMillis();
        return new Basis.SparkBatches(
                demand.arrival(last),
                Math.max(0, last.backlog()),
                BatchDemand.rate(last),
                slots,
                Duration.ofMillis(last.batchMillis()),
                allowed == Double.POSITIVE_INFINITY ? Optional.empty() : Optional.of(Duration.ofMillis((long) allowed)),
                needed,
                demand.most());
    }
}
