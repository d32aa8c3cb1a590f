package io.tidegate.decision.recommend;

import io.tidegate.decision.model.Basis;
import io.tidegate.decision.model.Basis.SparkPlan;
import io.tidegate.decision.model.Recommendation;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.policy.SparkSignal;
import io.tidegate.decision.signal.SparkMemory;
import io.tidegate.decision.signal.SparkMeter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Executors that the next run of a recurring Spark application should begin with, if it has as much to do as the last: the
 * fewest that hold the objective with the margin of a run that is on, or else as many as their start is worth.
 */
public final class NextRunRecommender {
    private static final String NAME = "nextRun";
    /** Nothing registers faster: two hops, an API write and a JVM. */
    private static final double SOONEST_MS = 1_000;
    /** A century: what has no end is told of as that. */
    private static final double LONGEST_MS = 3_155_760_000_000.0;

    private NextRunRecommender() {}

    /**
     * Proposes a size.
     *
     * @param course what has been seen of the application
     * @param start how long an executor takes to register
     * @param present what the template says
     */
    public static Recommendation recommend(
            SparkSignal signal, Policy policy, SparkMemory course, Duration start, int present) {
        SparkMemory ended = SparkMeter.ended(course);
        StageMix mix = StageMix.of(ended.stages());
        double whole = ended.pastWorkMillis();
        if (whole <= 0 || mix.meanMillis().isEmpty()) {
            Basis unseen = new Basis.SparkNextRun(SparkPlan.LEARNING, Duration.ZERO, Duration.ZERO, Optional.empty());
            return new Recommendation(NAME, signal.name(), present, false, OptionalDouble.empty(), unseen);
        }
        double registered = Math.max(SOONEST_MS, (double) start.toMillis());
        Fleet fleet = new Fleet(false, ended.slots(), 0, 0, 0, policy.max(), registered, registered);
        double mean = mix.meanMillis().getAsDouble();
        int width = (int) Math.min(mix.widest(), Math.ceil(whole / mean));
        RemainingWork work = RemainingWork.ofNextRun(ended);
        work.expecting(whole, mean, width, mix.uneven());
        Goal goal = Goal.of(policy.objective(), ended, Instant.ofEpochMilli(ended.startedAt()));
        int useful = Math.clamp(fleet.executors(width), 1, policy.max());
        double rest = ended.pastRestMillis();
        int size = goal.present()
                ? smallest(work, fleet, (goal.left() - rest) / BatchSizing.SAFETY, useful)
                : Math.clamp(fleet.executors(BatchSizing.TIME_COUNTS * whole / (registered + rest)), 1, useful);
        double end = work.finish(Supply.of(fleet, size), work.all()) + rest;
        SparkPlan plan =
                !goal.present() ? SparkPlan.KNEE : end <= goal.left() ? SparkPlan.OBJECTIVE : SparkPlan.HOPELESS;
        Basis basis = new Basis.SparkNextRun(
                plan,
                millis(whole),
                millis(end),
                goal.present() ? Optional.of(millis(Math.max(0, goal.left()))) : Optional.empty());
        return new Recommendation(NAME, signal.name(), size, true, OptionalDouble.empty(), basis);
    }

    /** The smallest size that is done within {@code limit}, or else the largest that is of use. */
    private static int smallest(RemainingWork work, Fleet fleet, double limit, int useful) {
        int low = 1;
        int high = useful;
        while (low < high) {
            int middle = low + (high - low) / 2;
            if (work.finish(Supply.of(fleet, middle), work.all()) <= limit) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static Duration millis(double millis) {
        return Duration.ofMillis((long) Math.min(LONGEST_MS, millis));
    }
}
