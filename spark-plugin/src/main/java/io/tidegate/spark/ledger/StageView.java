package io.tidegate.spark.ledger;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A stage that is not finished.
 *
 * @param active whether it was submitted; else it waits for its parents
 * @param times absent while no task has succeeded
 * @param oldestRunningMillis age of the attempt that has run for the longest time
 * @param parents stages whose shuffle it reads
 */
public record StageView(
        int id,
        int attempt,
        int job,
        boolean active,
        Tasks tasks,
        Optional<Times> times,
        OptionalLong oldestRunningMillis,
        OptionalLong submittedMillis,
        List<Integer> parents) {
    public StageView {
        parents = List.copyOf(parents);
    }

    /** Tasks, counted: those that succeeded once each, those that run or failed by attempt. */
    public record Tasks(int all, int running, int done, int failed) {}

    /** Run times of the tasks that succeeded, in milliseconds. */
    public record Times(long sum, long p50, long p95, long max) {}
}
