package io.tidegate.decision.recommend;

import io.tidegate.decision.model.StageReading;
import io.tidegate.decision.model.StageState;
import io.tidegate.decision.model.TaskTimes;
import io.tidegate.decision.signal.SparkMemory;
import io.tidegate.decision.signal.StageProfile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long the tasks of a stage take, in ms. Those that run are censored: they take at least as long as they have run.
 *
 * @param mean of those that are left
 * @param longest of those that are left, but for stragglers
 * @param spread how far the long ones are from the median, over the median: 0 if all take the same, at most 1
 * @param leftOfRunning part of an average running task that is left
 * @param untilFirst until the first of the running tasks is over
 * @param untilLast until the running tasks are over
 */
record TaskTime(
        double mean,
        double longest,
        double spread,
        double leftOfRunning,
        double untilFirst,
        double untilLast,
        Source source) {
    /** What a time rests on. */
    enum Source {
        /** Nothing: all is 0. */
        NOTHING,
        /** The age of what runs, or not even that. */
        GUESS,
        /** Tasks that are over, of this run or an earlier one. */
        PAST
    }

    /** What has run for a time lasts as long again, if nothing else is known of it. */
    private static final double AS_LONG_AGAIN = 3;
    /** What lasts longer than all that is known of it, for a while more. */
    private static final double OVERDUE = 1.25;
    /** Nothing runs that could show it: the time after which Spark itself begins to ask for more. */
    private static final double UNSEEN_MS = 1_000;
    /** Part of a running task that is left at least: none is known to end at this moment. */
    private static final double LEAST_LEFT = 0.1;

    private static final TaskTime UNKNOWN = new TaskTime(0, 0, 0, 0, 0, 0, Source.NOTHING);

    static TaskTime of(StageReading stage, SparkMemory course) {
        double age = stage.oldestRunningMillis();
        if (stage.times().isPresent() && stage.done() > 0) {
            StageProfile before = before(stage, course);
            double longest = before == null ? 0 : (double) before.longestMillis();
            // What lasts longer than it did is taken for as late again.
            return measured(stage, stage.times().get(), longest > 0 ? Math.max(longest, 2 * age - longest) : 0);
        }
        StageProfile past = past(stage, course);
        if (past != null) {
            double mean = age > past.meanMillis() ? OVERDUE * age : past.meanMillis();
            return of(
                    stage,
                    mean,
                    Math.max(mean, (double) past.longestMillis()),
                    spread(past.p50Millis(), past.longestMillis()),
                    Source.PAST);
        }
        if (stage.state() == StageState.WAITING) {
            return UNKNOWN;
        }
        double guess = stage.running() > 0 ? AS_LONG_AGAIN * age : UNSEEN_MS;
        return guess > 0 ? of(stage, guess, guess, 1, Source.GUESS) : UNKNOWN;
    }

    private static TaskTime measured(StageReading stage, TaskTimes times, double longestBefore) {
        double age = stage.oldestRunningMillis();
        double seen = (double) times.sumMillis() / stage.done();
        // The first to end are the short ones: until as many have ended as run, the others count by their age.
        double share = stage.running() == 0 ? 1 : Math.min(1, (double) stage.done() / stage.running());
        double mean = share * seen + (1 - share) * Math.max(seen, age);
        return of(
                stage,
                Math.max(1, mean),
                Math.max(Math.max(mean, longestBefore), (double) times.p95Millis()),
                spread(times.p50Millis(), times.p95Millis()),
                Source.PAST);
    }

    private static TaskTime of(StageReading stage, double mean, double longest, double spread, Source source) {
        double age = stage.oldestRunningMillis();
        if (stage.running() == 0) {
            return new TaskTime(mean, longest, spread, 0, 0, 0, source);
        }
        double left = Math.clamp(1 - age / (2 * mean), LEAST_LEFT, 1);
        double untilLast = age > longest ? age : longest - age;
        // All of a first wave began together, so that none of it makes room before the others.
        double untilFirst = stage.done() < stage.running() ? Math.max(0, mean - age) : 0;
        return new TaskTime(mean, longest, spread, left, untilFirst, untilLast, source);
    }

    /** How far the long ones are from the median, over the median: 0 to 1. */
    static double spread(long p50, long p95) {
        return p50 <= 0 ? 1 : Math.clamp((p95 - p50) / (double) p50, 0, 1);
    }

    /** The same stage of an earlier run, or else the last one with the most similar number of tasks. */
    private static @Nullable StageProfile past(StageReading stage, SparkMemory course) {
        StageProfile same = before(stage, course);
        return same != null ? same : closest(course.stages(), stage, closest(course.active(), stage, null));
    }

    /** The same stage of an earlier run. */
    static @Nullable StageProfile before(StageReading stage, SparkMemory course) {
        for (StageProfile each : course.stages()) {
            if (each.stage() == stage.id() && similar(each.tasks(), stage.tasks())) {
                return each;
            }
        }
        return null;
    }

    private static @Nullable StageProfile closest(
            List<StageProfile> stages, StageReading stage, @Nullable StageProfile closest) {
        StageProfile best = closest;
        for (StageProfile each : stages) {
            boolean fits = each.stage() != stage.id() && similar(each.tasks(), stage.tasks());
            if (fits && (best == null || closer(each, best, stage))) {
                best = each;
            }
        }
        return best;
    }

    private static boolean closer(StageProfile one, StageProfile other, StageReading stage) {
        int nearer = difference(one, stage) - difference(other, stage);
        boolean later = one.run() != other.run() ? one.run() > other.run() : one.stage() > other.stage();
        return nearer < 0 || (nearer == 0 && later);
    }

    private static boolean similar(int one, int other) {
        return one <= 2L * other && other <= 2L * one;
    }

    private static int difference(StageProfile profile, StageReading stage) {
        return Math.abs(profile.tasks() - stage.tasks());
    }
}
