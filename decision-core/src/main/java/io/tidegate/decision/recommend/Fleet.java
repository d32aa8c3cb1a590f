package io.tidegate.decision.recommend;

import io.tidegate.decision.model.ExecutorCounts;
import io.tidegate.decision.model.Reading;
import io.tidegate.decision.signal.SparkObservation;

/**
 * The executors of an application. Times are ms.
 *
 * @param dynamic whether Spark's dynamic allocation asks for executors, within the bounds that it is given
 * @param slots tasks at a time of one executor
 * @param running registered, and not about to leave
 * @param busy of those, the ones that run a task
 * @param asked executors asked for
 * @param most the largest size of the policy
 * @param start from asking for an executor to its registration
 * @param untilAsked until those that are asked for have registered
 */
record Fleet(boolean dynamic, int slots, int running, int busy, int asked, int most, double start, double untilAsked) {
    /** Nothing registers faster: two hops, an API write and a JVM. */
    private static final double SOONEST_MS = 1_000;

    static Fleet of(SparkObservation seen, Reading.Spark reading, Circumstances all) {
        ExecutorCounts executors = reading.executors();
        double start = Math.max(SOONEST_MS, (double) seen.executorStart().toMillis());
        long askedAt = all.crew().askedAt();
        double waited = askedAt < 0 ? 0 : all.now().toEpochMilli() - askedAt;
        // Those that are late are taken for as late again, since nothing is known that would make them come.
        double untilAsked = waited < start ? start - waited : waited - start + SOONEST_MS;
        return new Fleet(
                reading.dynamic(),
                reading.slots(),
                executors.running(),
                Math.min(executors.busy(), executors.running()),
                all.target().replicas(),
                all.policy().max(),
                start,
                untilAsked);
    }

    double slots(int executors) {
        return (double) executors * slots;
    }

    /** Executors that have this many slots. */
    int executors(double tasks) {
        return (int) Math.min(Integer.MAX_VALUE, Math.ceil(tasks / slots));
    }

    /** Until those that are asked for at this moment have registered: not before those asked for earlier. */
    double untilNew() {
        return asked > running ? Math.max(start, untilAsked) : start;
    }
}
