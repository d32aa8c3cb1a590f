package io.tidegate.decision.signal;

import io.tidegate.decision.model.StageReading;
import io.tidegate.decision.model.TaskTimes;
import java.util.Optional;

/**
 * What a stage was like when it was last seen.
 *
 * @param stage its id: the same from run to run as long as the application's code is
 * @param p50Millis median run time of its tasks
 * @param meanMillis mean of them; the last to run were over a moment after they were last seen
 * @param longestMillis 95th percentile of them, or how long one of the last had run by then, if that is longer
 * @param run number of the run in which it was seen
 */
public record StageProfile(int stage, int tasks, long p50Millis, long meanMillis, long longestMillis, int run) {
    /** The stage as it stands; empty while it tells nothing of its tasks' run times. */
    static Optional<StageProfile> of(StageReading stage, int run) {
        long age = stage.oldestRunningMillis();
        boolean ending = stage.pending() == 0 && stage.running() > 0;
        if (stage.times().isEmpty() || stage.done() == 0) {
            return ending
                    ? Optional.of(new StageProfile(stage.id(), stage.tasks(), age, age, age, run))
                    : Optional.empty();
        }
        TaskTimes times = stage.times().get();
        boolean late = ending && age > times.p95Millis();
        int known = stage.done() + (late ? stage.running() : 0);
        double sum = times.sumMillis() + (late ? (double) stage.running() * age : 0);
        return Optional.of(new StageProfile(
                stage.id(),
                stage.tasks(),
                times.p50Millis(),
                Math.round(sum / known),
                late ? age : times.p95Millis(),
                run));
    }

    /** Run time of all its tasks, in ms. */
    public double workMillis() {
        return (double) tasks * meanMillis;
    }
}
