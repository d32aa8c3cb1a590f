package io.tidegate.contracts.fact;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stage of a Spark application that is not finished. What is absent is unknown, never 0; run times are absent while no task has
 * succeeded.
 *
 * @param id its number
 * @param attempt which attempt this is, from 0
 * @param job the job it belongs to
 * @param state whether it runs
 * @param tasks tasks that it has in all
 * @param running attempts of tasks that run, speculative ones included
 * @param done tasks that succeeded, each counted once
 * @param failed attempts of tasks that failed
 * @param sumMillis run time of the tasks that succeeded, in milliseconds, summed up
 * @param p50Millis half of them took no longer
 * @param p95Millis 95 % of them took no longer
 * @param maxMillis the longest of them
 * @param oldestRunningMillis age of the attempt that has run for the longest time
 * @param submittedMillis time since it was submitted
 * @param parents stages whose output it reads
 * @param shuffleRead whether it reads shuffle
 */
public record SparkStage(
        int id,
        int attempt,
        int job,
        State state,
        int tasks,
        int running,
        int done,
        int failed,
        @Nullable Long sumMillis,
        @Nullable Long p50Millis,
        @Nullable Long p95Millis,
        @Nullable Long maxMillis,
        @Nullable Long oldestRunningMillis,
        @Nullable Long submittedMillis,
        List<Integer> parents,
        boolean shuffleRead) {

    /** Most parents of one stage. */
    public static final int MAX_PARENTS = 100;

    public SparkStage {
        Objects.requireNonNull(state, "stages[].state");
        Amounts.require("id", id);
        Amounts.require("attempt", attempt);
        Amounts.require("job", job);
        Amounts.require("tasks", tasks);
        Amounts.require("running", running);
        Amounts.require("done", done);
        Amounts.require("failed", failed);
        Amounts.require("sumMillis", sumMillis);
        Amounts.require("p50Millis", p50Millis);
        Amounts.require("p95Millis", p95Millis);
        Amounts.require("maxMillis", maxMillis);
        Amounts.require("oldestRunningMillis", oldestRunningMillis);
        Amounts.require("submittedMillis", submittedMillis);
        parents = Amounts.bounded("parents", parents, MAX_PARENTS);
        parents.forEach(parent -> Amounts.require("parents", parent));
    }

    /** Whether a stage runs. */
    public enum State {
        /** It was submitted. */
        Active,
        /** It is known, and stages whose output it reads are not done. */
        Waiting
    }
}
