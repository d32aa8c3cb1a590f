package io.tidegate.decision.recommend;

import io.tidegate.decision.model.StageReading;
import io.tidegate.decision.model.StageState;
import io.tidegate.decision.model.TaskTimes;
import io.tidegate.decision.signal.SparkMemory;
import io.tidegate.decision.signal.StageProfile;
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
            return measured(stage, stage.times().get(), age);
        }
        StageProfile past = past(stage, course);
        if (past != null) {
            double mean = age > past.p50Millis() ? OVERDUE * age : past.p50Millis();
            return of(
                    stage,
                    mean,
                    Math.max(mean, (double) past.p95Millis()),
                    spread(past.p50Millis(), past.p95Millis()),
                    Source.PAST);
        }
        if (stage.state() == StageState.WAITING) {
            return UNKNOWN;
        }
        double guess = stage.running() > 0 ? AS_LONG_AGAIN * age : UNSEEN_MS;
        return guess > 0 ? of(stage, guess, guess, 1, Source.GUESS) : UNKNOWN;
    }

    private static TaskTime measured(StageReading stage, TaskTimes times, double age) {
        double seen = (double) times.sumMillis() / stage.done();
        // The first to end are the short ones: until as many have ended as run, the others count by their age.
        double share = stage.running() == 0 ? 1 : Math.min(1, (double) stage.done() / stage.running());
        double mean = share * seen + (1 - share) * Math.max(seen, age);
        return of(
                stage,
                Math.max(1, mean),
                Math.max(mean, (double) times.p95Millis()),
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

    private static double spread(long p50, long p95) {
        return p50 <= 0 ? 1 : Math.clamp((p95 - p50) / (double) p50, 0, 1);
    }

    /** The same stage of this run or an earlier one, or else the one with the most similar number of tasks. */
    private static @Nullable StageProfile past(StageReading stage, SparkMemory course) {
        StageProfile best = null;
        for (StageProfile each : course.stages()) {
            if (!similar(each.tasks(), stage.tasks())) {
                continue;
            }
            if (each.stage() == stage.id()) {
                return each;
            }
            if (best == null || difference(each, stage) < difference(best, stage)) {
                best = each;
            }
        }
        return best;
    }

    private static boolean similar(int one, int other) {
        return one <= 2L * other && other <= 2L * one;
    }

    private static int difference(StageProfile profile, StageReading stage) {
        return Math.abs(profile.tasks() - stage.tasks());
    }
}
