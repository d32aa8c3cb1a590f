package io.tidegate.decision.recommend;

import io.tidegate.decision.model.Reading;
import io.tidegate.decision.model.StageReading;
import io.tidegate.decision.model.StageState;
import io.tidegate.decision.signal.SparkMemory;
import io.tidegate.decision.signal.StageProfile;
import java.util.List;

/**
 * What the jobs of an application have left to do, as far as it is known: steps of stages, each of which begins when the
 * one before is over. Tasks start in the order in which slots become free (list scheduling): a step is over when its last
 * task has started and run. Times are ms.
 */
final class RemainingWork {
    /** A longer chain of waiting stages is taken together at its end. */
    private static final int MOST_STEPS = 8;
    /** A wave that is full but for a fiftieth is a whole one. */
    private static final double NEARLY_FULL = 0.02;

    /** Tasks that have yet to start, by step. */
    private final double[] pending = new double[MOST_STEPS + 1];
    /** Sum of their run times. */
    private final double[] pendingWork = new double[MOST_STEPS + 1];
    /** Sum of the spreads of their run times; each relative to the median, 0 to 1. */
    private final double[] spread = new double[MOST_STEPS + 1];
    /** Tasks that run, and those that have yet to start. */
    private final double[] width = new double[MOST_STEPS + 1];
    /** What a step takes at any size. */
    private final double[] least = new double[MOST_STEPS + 1];

    private final int steps;
    private final double running;
    /** What running tasks have left, summed. */
    private final double begunWork;

    /** Until the first of the running tasks is over. */
    private final double untilFirst;

    private final boolean known;
    private final boolean guessed;
    private final double hidden;

    private RemainingWork(List<StageReading> stages, SparkMemory course) {
        int[] step = order(stages);
        int last = 0;
        double attempts = 0;
        double begun = 0;
        double beyond = 0;
        boolean all = true;
        boolean guess = false;
        double first = Double.POSITIVE_INFINITY;
        for (int i = 0; i < step.length; i++) {
            StageReading stage = stages.get(i);
            TaskTime time = TaskTime.of(stage, course);
            last = Math.max(last, step[i]);
            attempts += stage.running();
            first = stage.running() > 0 ? Math.min(first, time.untilFirst()) : first;
            begun += stage.running() * time.leftOfRunning() * time.mean();
            boolean counts = stage.pending() > 0 && stage.state() == StageState.ACTIVE;
            all &= !counts || time.source() != TaskTime.Source.NOTHING;
            guess |= counts && time.source() == TaskTime.Source.GUESS;
            add(stage, time, step[i]);
            beyond += Math.max(
                    0,
                    leftBefore(stage, course)
                            - stage.pending() * time.mean()
                            - stage.running() * time.leftOfRunning() * time.mean());
        }
        this.steps = last + 1;
        this.running = attempts;
        this.begunWork = begun;
        this.hidden = beyond;
        this.untilFirst = attempts > 0 ? first : 0;
        this.known = all;
        this.guessed = guess;
    }

    static RemainingWork of(Reading.Spark reading, SparkMemory course) {
        return new RemainingWork(reading.stages(), course);
    }

    /** Of a run that has yet to begin nothing is known but what earlier ones lead to expect. */
    static RemainingWork ofNextRun(SparkMemory course) {
        return new RemainingWork(List.of(), course);
    }

    /** Active stages are the first step; one that waits comes after the last of those that it needs. */
    private static int[] order(List<StageReading> stages) {
        int[] step = new int[stages.size()];
        boolean changed = true;
        for (int pass = 0; changed && pass < MOST_STEPS; pass++) {
            changed = false;
            for (int i = 0; i < step.length; i++) {
                if (stages.get(i).state() == StageState.WAITING) {
                    int after = Math.min(
                            MOST_STEPS - 1,
                            1 + lastParent(stages, step, stages.get(i).parents()));
                    changed |= after != step[i];
                    step[i] = after;
                }
            }
        }
        return step;
    }

    private static int lastParent(List<StageReading> stages, int[] step, List<Integer> parents) {
        int last = 0;
        for (int i = 0; i < step.length; i++) {
            if (step[i] > last && parents.contains(stages.get(i).id())) {
                last = step[i];
            }
        }
        return last;
    }

    /** Run time that a stage under way would have left if it took as much as in an earlier run. */
    private static double leftBefore(StageReading stage, SparkMemory course) {
        StageProfile before = TaskTime.before(stage, course);
        if (before == null || stage.done() == 0) {
            return 0;
        }
        double done = stage.times().isPresent() ? stage.times().get().sumMillis() : 0;
        return before.workMillis() - done - (double) stage.running() * stage.oldestRunningMillis();
    }

    private void add(StageReading stage, TaskTime time, int step) {
        pending[step] += stage.pending();
        pendingWork[step] += stage.pending() * time.mean();
        spread[step] += stage.pending() * time.spread();
        width[step] += (double) stage.pending() + stage.running();
        least[step] = Math.max(least[step], stage.pending() > 0 ? time.longest() : time.untilLast());
    }

    /**
     * Takes it that {@code millis} of run time follow after all that is known, in tasks of the same kind.
     *
     * @param atATime tasks of a stage; the next stage begins when all of them are over
     * @param uneven how far the long tasks are from the median, 0 to 1
     */
    void expecting(double millis, double taskMillis, double atATime, double uneven) {
        if (millis > 0 && taskMillis > 0) {
            pending[steps] = millis / taskMillis;
            pendingWork[steps] = millis;
            spread[steps] = pending[steps] * uneven;
            width[steps] = Math.max(1, Math.max(width[0], atATime));
        }
    }

    /**
     * Slots that are of use on average in a stage of what is only expected: 6 slots do 8 even tasks no sooner than 4 do. A
     * gap of a wave is filled by tasks that differ much, and not by those that differ a little.
     */
    double used(double slots) {
        if (slots >= width[steps]) {
            return width[steps];
        }
        double fluid = width[steps] / slots;
        double loose = Math.min(1, spread[steps] / pending[steps] * fluid);
        return width[steps] / (loose * loose * fluid + (1 - loose * loose) * Math.ceil(fluid - NEARLY_FULL));
    }

    /** How long slots would be without a task before the first steps are over, if there were so many. */
    double idle(int count, double slots) {
        double idle = 0;
        for (int i = 0; i < count; i++) {
            idle += Math.max(0, least[i] - (pendingWork[i] + (i == 0 ? begunWork : 0)) / slots);
        }
        return idle;
    }

    /** Tasks of active stages that neither run nor are done. */
    double pending() {
        return pending[0];
    }

    /** Attempts that run. */
    double running() {
        return running;
    }

    /** Whether it is known, or can be guessed, how long the pending tasks take. */
    boolean known() {
        return known;
    }

    /** Whether that is only guessed for some of them. */
    boolean guessed() {
        return guessed;
    }

    /** Tasks at a time that those of the first steps can have of which it is not known how long their tasks take. */
    double unknownWidth(int count) {
        double widest = 0;
        for (int i = 1; i < count; i++) {
            widest = Math.max(widest, pendingWork[i] > 0 ? 0 : width[i]);
        }
        return widest;
    }

    /** Steps that are known. */
    int steps() {
        return steps;
    }

    /** Steps that are known or expected. */
    int all() {
        return pending[steps] > 0 ? steps + 1 : steps;
    }

    /** Run time that the tasks of the first steps have left. */
    double work(int count) {
        double sum = begunWork;
        for (int i = 0; i < count; i++) {
            sum += pendingWork[i];
        }
        return sum;
    }

    /** Run time that stages under way have left by an earlier run, beyond what their tasks so far lead to expect. */
    double hidden() {
        return hidden;
    }

    /** Mean run time of the tasks of active stages that have yet to start; 0 if there is none, or it is not known. */
    double mean() {
        return pending[0] > 0 ? pendingWork[0] / pending[0] : 0;
    }

    /** When the active stages are over, if no task of theirs has to wait. */
    double untilFree() {
        return least[0];
    }

    /** Tasks at a time that the widest of the first steps can have. */
    double width(int count) {
        double widest = width[0];
        for (int i = 1; i < count; i++) {
            widest = Math.max(widest, pendingWork[i] > 0 ? width[i] : 0);
        }
        return widest;
    }

    /** How many steps have begun before {@code horizon}. */
    int begunBefore(double horizon, Supply supply) {
        double at = 0;
        int all = all();
        for (int i = 0; i < all; i++) {
            if (at > horizon) {
                return i;
            }
            at = end(i, at, supply);
        }
        return all;
    }

    /** When the first steps are over. */
    double finish(Supply supply, int count) {
        double at = 0;
        for (int i = 0; i < count; i++) {
            at = end(i, at, supply);
        }
        return at;
    }

    private double end(int step, double begin, Supply supply) {
        double soonest = begin + least[step];
        if (pendingWork[step] <= 0 || begin == Double.POSITIVE_INFINITY) {
            return soonest;
        }
        double mean = pendingWork[step] / pending[step];
        double left = pending[step];
        double at = begin;
        double taken = step == 0 ? running : 0;
        double free = step == 0 ? untilFirst : 0;
        for (int entry = supply.at(begin); entry < supply.entries(); entry++) {
            double all = Math.min(width[step], supply.slots(entry));
            double slots = step == steps && all > 0 ? used(all) : all;
            left -= Math.max(0, slots - taken);
            taken = Math.max(taken, slots);
            if (left <= 0) {
                return Math.max(soonest, at + mean);
            }
            double until = supply.until(entry);
            if (slots > 0) {
                double lastStarts = Math.max(at, free) + mean * waves(step, left / slots);
                if (lastStarts <= until) {
                    return Math.max(soonest, lastStarts + mean);
                }
                left = Math.max(0, left - Math.max(0, until - Math.max(at, free)) * slots / mean);
            }
            at = until;
        }
        return Double.POSITIVE_INFINITY;
    }

    /** Even tasks start in whole waves; uneven ones fill each other's gaps, the more the longer it goes on. */
    private double waves(int step, double fluid) {
        double loose = Math.min(1, spread[step] / pending[step] * Math.max(1, fluid));
        return loose * fluid + (1 - loose) * Math.ceil(fluid - NEARLY_FULL);
    }
}
