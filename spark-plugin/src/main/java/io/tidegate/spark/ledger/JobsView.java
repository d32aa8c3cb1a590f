package io.tidegate.spark.ledger;

import java.util.List;

/**
 * Jobs of the application.
 *
 * @param idleMillis time since the last job ended; 0 while one runs
 * @param omitted unfinished stages that are not listed
 */
public record JobsView(int active, long idleMillis, List<StageView> stages, int omitted) {
    public JobsView {
        stages = List.copyOf(stages);
    }
}
