package io.tidegate.decision.recommend;

import io.tidegate.decision.model.Basis.SparkPlan;
import java.util.function.IntPredicate;

/**
 * Chooses among the sizes from {@code floor} to {@code most}. Times are ms.
 *
 * @param rest for how long no task waits in what is only expected
 * @param floor what is not given back
 * @param most what is of use, within the policy's bounds
 * @param ahead steps that begin soon enough to ask for executors now
 * @param released whether executors that run are to go
 */
record BatchSizing(
        RemainingWork work, Fleet fleet, Goal goal, double rest, int floor, int most, int ahead, boolean released) {
    /** Shares of the best time that are not worth an executor. */
    private static final double KNEE_SLACK = 1.03;
    /** An executor that would work for less than this is not worth its start. */
    private static final double LEAST_WORK_MS = 1_000;
    /** Part of the remaining time that is not planned with, as in Jockey's control loop (EuroSys 2012): 1.2 x remaining. */
    static final double SAFETY = 1.2;
    /** A size is left for a larger one only if it ends later by more than that. */
    private static final double WORTH_GROWING = 1.05;
    /** Starts are taken back only if a quarter of what is asked for is too much. */
    private static final double KEPT_SHARE = 0.75;
    /** Steps that begin within this many start times count: what is asked for then is there just in time. */
    private static final double AHEAD = 1.5;
    /** Drains take 1 s to 4 s for small data, and more for large. */
    private static final double DRAIN_MS = 2_000;
    /** How often time counts, for once that cost does: with k the product is least at w / n = S / k. */
    static final double TIME_COUNTS = 2;
    /** Sizes that are compared differ by that. */
    private static final double FINER = 1.15;
    /** Executors go a tenth at a time: each going is a write, and each write costs somebody a watch. */
    private static final int SPARE_PART = 10;

    /**
     * A size, and why it is that one.
     *
     * @param end until all that is known, or that an earlier run leads to expect, is over
     */
    record Choice(int size, SparkPlan plan, double end) {}

    /**
     * Prepares a choice.
     *
     * @param idleFor how long there have been slots that no task waits for
     * @param hold how long idle executors are kept while nothing says when they are needed next
     */
    static BatchSizing of(RemainingWork work, Fleet fleet, Goal goal, double idleFor, double hold, double rest) {
        int needed = (int) Math.min(fleet.running(), (long) fleet.busy() + fleet.executors(work.pending()));
        // What is released idles until the next step is about to begin, or else for an unknown time.
        boolean released = fleet.running() - needed >= Math.max(1, fleet.running() / SPARE_PART)
                && idlesLong(work, fleet, idleFor, hold);
        int floor = released ? needed : fleet.running();
        Supply asked = Supply.of(fleet, Math.max(floor, fleet.asked()));
        int ahead = work.begunBefore(AHEAD * fleet.start() + LEAST_WORK_MS, asked);
        int useful = Math.min(fleet.most(), fleet.executors(work.width(Math.min(ahead, work.steps()))));
        return new BatchSizing(work, fleet, goal, rest, floor, Math.max(floor, useful), ahead, released);
    }

    private static boolean idlesLong(RemainingWork work, Fleet fleet, double idleFor, double hold) {
        double again = 2 * fleet.start() + DRAIN_MS;
        if (work.steps() > 1) {
            return work.untilFree() >= again;
        }
        return work.untilFree() + idleFor >= (work.all() > 1 ? again : hold);
    }

    Choice choose() {
        if (!work.known()) {
            // What runs, or is about to, shows it soon; if there is nothing, one must.
            int least = Math.max(Math.max(1, floor), Math.min(fleet.asked(), widest()));
            return new Choice(least, SparkPlan.LEARNING, end(Supply.of(fleet, least)));
        }
        double limit = limit(fleet.start(), fleet.untilNew());
        int size = smallest(limit, counted());
        if (size > fleet.asked() && work.finish(Supply.of(fleet, fleet.asked()), counted()) <= WORTH_GROWING * limit) {
            size = fleet.asked();
        }
        int lasting = lasting(fleet.start());
        if (work.pending() > 0 && lasting > (size > fleet.asked() ? size : WORTH_GROWING * fleet.asked())) {
            size = lasting;
        }
        if (size < fleet.asked() && size >= fleet.running()) {
            size = Math.max(size, kept(size));
        }
        return onTheWay(size, limit);
    }

    /**
     * A size, which is left to dynamic allocation's own doubling if that is fast enough: it starts fewer executors beside each
     * other, which slow each other less, and each is paid for while it starts.
     */
    private Choice onTheWay(int size, double limit) {
        if (fleet.dynamic() && goal.present() && size > fleet.running()) {
            Supply doubling = Supply.doubling(fleet, size);
            double end = end(doubling);
            if (work.finish(doubling, counted()) <= WORTH_GROWING * limit && end <= goal.left()) {
                return new Choice(size, SparkPlan.RAMP, end);
            }
        }
        double end = end(Supply.of(fleet, size));
        return new Choice(size, plan(size, end), end);
    }

    /** What has been asked for and starts is given up only if much of it would be of no use any more. */
    private int kept(int size) {
        int unknown = fleet.executors(work.unknownWidth(known()));
        int started = smallest(limit(Math.max(LEAST_WORK_MS, fleet.untilAsked()), fleet.untilAsked()), counted());
        int useful = Math.max(Math.max(Math.max(size, started), unknown), lasting(fleet.untilAsked()));
        return useful > KEPT_SHARE * fleet.asked() ? Math.min(fleet.asked(), fleet.most()) : size;
    }

    private int widest() {
        return Math.min(fleet.most(), fleet.executors(work.pending() + work.running()));
    }

    /** Steps whose end counts: with an objective all of them. */
    private int counted() {
        return goal.present() ? goal.counted(work) : known();
    }

    /**
     * When the work has to be over.
     *
     * @param start what an executor costs before it works
     * @param soonest when the executors in question have registered
     */
    private double limit(double start, double soonest) {
        double best = work.finish(Supply.of(fleet, most), counted());
        double slack = work.guessed() ? 1 : KNEE_SLACK;
        return Math.max(Math.max(wanted(start), slack * best), soonest + LEAST_WORK_MS);
    }

    private double wanted(double start) {
        double knee = goal.present() && goal.learned() ? 0 : knee(start);
        if (!goal.present()) {
            return knee;
        }
        double inTime = (goal.left() - resting()) / SAFETY;
        if (goal.learned()) {
            return inTime;
        }
        // Without an earlier run there may be more to do than is known, so that no time is given away.
        Supply fastest = Supply.of(fleet, most);
        return Math.min(knee + work.finish(fastest, goal.counted(work)) - work.finish(fastest, known()), inTime);
    }

    private double knee(double start) {
        double later = Math.max(0, work.work(known()) - fleet.slots(fleet.running()) * start);
        int size = Math.clamp(fleet.executors(later / start), Math.min(fleet.asked(), most), most);
        if (work.idle(known(), fleet.slots(Math.max(1, size))) > start) {
            size = cheapest(size);
        }
        return Math.min(
                work.finish(Supply.of(fleet, Math.max(floor, size)), known()),
                work.finish(Supply.doubling(fleet, most), known()));
    }

    /** Where tasks of very different length keep others waiting for longer than a start, the formula has no knee. */
    private int cheapest(int size) {
        int best = size;
        double least = Double.POSITIVE_INFINITY;
        for (int each = size; each >= Math.clamp(fleet.asked(), 1, most); each = (int) (each / FINER)) {
            double time = work.finish(Supply.of(fleet, Math.max(floor, each)), known());
            if (each * time * time < least) {
                best = each;
                least = each * time * time;
            }
        }
        return best;
    }

    /** What is of use for all that is expected: n executors cost their start, and the times in which no task waits. */
    private int lasting(double start) {
        if (ahead <= work.steps() || (goal.present() && goal.learned())) {
            return 0;
        }
        double later = Math.max(0, work.work(ahead) - fleet.slots(fleet.running()) * fleet.start());
        int size = Math.min(fleet.executors(TIME_COUNTS * later / (start + rest)), expectedMost());
        if (size == 0) {
            return 0;
        }
        double used = work.used(fleet.slots(size)) / WORTH_GROWING;
        return smallest(1, size, each -> work.used(fleet.slots(each)) >= used);
    }

    private int expectedMost() {
        return Math.min(fleet.most(), fleet.executors(work.width(ahead)));
    }

    /** Steps that begin soon, but for what is only expected. */
    private int known() {
        return Math.min(ahead, work.steps());
    }

    /** The smallest size that ends the first steps within {@code limit}, or else the largest. */
    private int smallest(double limit, int steps) {
        return smallest(floor, most, size -> work.finish(Supply.of(fleet, size), steps) <= limit);
    }

    private static int smallest(int from, int to, IntPredicate enough) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = low + (high - low) / 2;
            if (enough.test(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private double end(Supply supply) {
        return work.finish(supply, goal.counted(work)) + resting();
    }

    /** The part of what is left in which no task waits, as far as an earlier run has shown it. */
    private double resting() {
        return goal.learned() ? rest : 0;
    }

    private SparkPlan plan(int size, double end) {
        if (released && size < fleet.running()) {
            return SparkPlan.TAIL;
        }
        if (work.pending() == 0 && size >= fleet.running()) {
            return size > fleet.running() ? SparkPlan.NEXT_STAGE : SparkPlan.KEPT;
        }
        if (goal.present()) {
            return end > goal.left() ? SparkPlan.HOPELESS : SparkPlan.OBJECTIVE;
        }
        return end <= fleet.start() + LEAST_WORK_MS ? SparkPlan.ENOUGH : SparkPlan.KNEE;
    }
}
