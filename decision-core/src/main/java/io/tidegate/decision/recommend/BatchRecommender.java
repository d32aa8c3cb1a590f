package io.tidegate.decision.recommend;

import io.tidegate.decision.model.Basis;
import io.tidegate.decision.model.Reading;
import io.tidegate.decision.model.Recommendation;
import io.tidegate.decision.model.StageState;
import io.tidegate.decision.signal.SparkMemory;
import io.tidegate.decision.signal.SparkObservation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Executors for the work that the jobs of a Spark application have left.
 *
 * <p>More executors are asked for as far as they end the work sooner by enough: to hold the objective with a margin, or
 * else up to the knee of the cost curve. There an executor works for as long as it has taken to start: with start time S
 * and work w, n executors take S + w / n and cost nS + w; the product of both is least at n = w / S. And never so few that
 * Spark's own doubling would have been faster. What has started stays while tasks wait, since the work costs the same
 * whoever does it; an idle executor goes when it is expected to idle for longer than it takes to start another, so that
 * waiting never costs more than twice of what knowing the future would.
 */
public final class BatchRecommender {
    /** Bounds of how long an idle executor is kept for what is not known: a JVM's start, and a node's. */
    private static final double SHORTEST_HOLD_MS = 2_000;

    private static final double LONGEST_HOLD_MS = 30_000;
    /** A century: what has no end is told of as that. */
    private static final double LONGEST_MS = 3_155_760_000_000.0;

    /** A gap between two jobs that is longer than so many usual ones is another kind of gap. */
    private static final double USUAL_GAPS = 1.5;
    /** What an executor costs to get again: its start, and the time that the work waits for it. */
    private static final double WORTH_WAITING = 2;
    /** Until it is known how long tasks take. */
    private static final double USUAL_TASK_MS = 1_000;

    private BatchRecommender() {}

    /** How long idle executors are kept while nothing says when they are needed next. */
    static Duration hold(SparkObservation seen) {
        double start = seen.executorStart().toMillis();
        double gap = USUAL_GAPS * seen.course().gapMillis();
        // Where jobs follow each other in less than a restart costs, the next one is waited for.
        double hold = gap <= WORTH_WAITING * start ? Math.max(start, gap) : start;
        return Duration.ofMillis((long) Math.clamp(hold, SHORTEST_HOLD_MS, LONGEST_HOLD_MS));
    }

    /** When an idle application gives its executors back; empty while a job is active. */
    public static Optional<Instant> releaseAt(SparkObservation seen, Reading.Spark reading, Instant now) {
        boolean active = reading.activeJobs() > 0
                || (!reading.stages().isEmpty() && reading.stages().getFirst().state() == StageState.ACTIVE);
        return active
                ? Optional.empty()
                : Optional.of(
                        now.minus(seen.age()).minusMillis(reading.idleMillis()).plus(hold(seen)));
    }

    /** Proposes a size. */
    public static Recommendation recommend(SparkObservation seen, Reading.Spark reading, Circumstances all) {
        Fleet fleet = Fleet.of(seen, reading, all);
        Optional<Instant> releaseAt = releaseAt(seen, reading, all.now());
        if (releaseAt.isPresent()) {
            boolean kept = all.now().isBefore(releaseAt.get());
            return new Recommendation(
                    "batch",
                    seen.signal().name(),
                    kept ? fleet.asked() : 0,
                    kept,
                    OptionalDouble.empty(),
                    new Basis.SparkIdle(hold(seen), kept));
        }
        RemainingWork work = RemainingWork.of(reading, seen.course());
        Goal goal = Goal.of(all.policy().objective(), seen.course(), all.now());
        double rest = expect(work, seen, goal);
        BatchSizing sizing = BatchSizing.of(
                work, fleet, goal, idleFor(seen, all.now()), (double) hold(seen).toMillis(), rest);
        BatchSizing.Choice choice = sizing.choose();
        return new Recommendation(
                "batch", seen.signal().name(), choice.size(), true, OptionalDouble.empty(), basis(sizing, choice));
    }

    /**
     * What follows after all that is known: as much as an earlier run had, or else as much as this one has had. Not if
     * jobs are so far apart that each stands for itself, and no objective binds them together.
     *
     * @return for how long no task will wait meanwhile, in ms
     */
    private static double expect(RemainingWork work, SparkObservation seen, Goal goal) {
        SparkMemory course = seen.course();
        if (!goal.present() && course.gapMillis() > hold(seen).toMillis()) {
            return 0;
        }
        double whole = course.pastWorkMillis() > 0
                ? course.pastWorkMillis() - course.workMillis() - work.work(work.steps()) - work.hidden()
                : course.workMillis();
        StageMix mix = StageMix.of(course.stages());
        work.expecting(whole, mix.meanMillis().orElse(USUAL_TASK_MS), mix.widest(), mix.uneven());
        double worked = course.workMillis() + course.pastWorkMillis();
        double rested = course.restMillis() + course.pastRestMillis();
        return worked > 0 ? Math.max(0, whole) * rested / worked : 0;
    }

    /** How long there have been slots that no task waits for, in ms. */
    private static double idleFor(SparkObservation seen, Instant now) {
        long since = seen.course().spareSince();
        return since < 0 ? 0 : now.toEpochMilli() - since;
    }

    private static Basis basis(BatchSizing sizing, BatchSizing.Choice choice) {
        RemainingWork work = sizing.work();
        Fleet fleet = sizing.fleet();
        Goal goal = sizing.goal();
        return new Basis.SparkJobs(
                choice.plan(),
                (long) work.pending(),
                (long) work.running(),
                millis(work.mean()),
                fleet.running(),
                millis(choice.end()),
                millis(fleet.start()),
                goal.present() ? Optional.of(millis(Math.max(0, goal.left()))) : Optional.empty());
    }

    private static Duration millis(double millis) {
        return Duration.ofMillis((long) Math.min(LONGEST_MS, millis));
    }
}
