package io.tidegate.decision.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A stage of a job. Ages and durations are in ms.
 *
 * @param tasks all of them
 * @param running attempts that run, speculative ones included
 * @param done tasks that have succeeded, each counted once
 * @param failed attempts that have failed
 * @param times of the tasks that have succeeded; empty while none has
 * @param oldestRunningMillis age of the attempt that has run longest; 0 if none runs
 * @param submittedMillis since the stage became active; 0 if it has not
 * @param parents ids of stages that must be over before
 * @param shuffleRead whether it reads what other stages have left at executors
 */
public record StageReading(
        int id,
        int attempt,
        int job,
        StageState state,
        int tasks,
        int running,
        int done,
        int failed,
        Optional<TaskTimes> times,
        long oldestRunningMillis,
        long submittedMillis,
        List<Integer> parents,
        boolean shuffleRead) {
    public StageReading {
        if (id < 0 || attempt < 0 || job < 0) {
            throw new IllegalArgumentException(
                    "ids of a stage must not be negative: " + id + ", " + attempt + ", " + job);
        }
        Objects.requireNonNull(state, "state");
        tasks = Amounts.count("tasks", tasks);
        running = Amounts.count("running", running);
        done = Amounts.count("done", done);
        failed = Amounts.count("failed", failed);
        Objects.requireNonNull(times, "times");
        oldestRunningMillis = Amounts.millis("oldestRunningMillis", oldestRunningMillis);
        submittedMillis = Amounts.millis("submittedMillis", submittedMillis);
        parents = List.copyOf(parents);
    }

    /** Tasks that neither run nor have succeeded. */
    public int pending() {
        return Math.max(0, tasks - running - done);
    }
}
