package io.tidegate.decision.model;

import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A streaming query, by its last finished batch.
 *
 * @param batch its number
 * @param rows rows that it read
 * @param batchMillis how long it took, its planning and commits included
 * @param addBatchMillis how long its tasks took of that
 * @param triggerMillis from one batch's begin to the next one's, 0 for as fast as possible; empty if not known
 * @param taskMillis run times of all its tasks, summed
 * @param tasks number of its tasks
 * @param sinceEndMillis since it ended
 * @param inputRate rows/s that arrive, over the time between the last two triggers; empty if not known
 * @param backlog rows at the source that are in no batch yet; empty if not known
 * @param partitions of the source
 * @param shufflePartitions of its shuffles; 0 if it has none
 * @param stateful whether it keeps state between batches, at executors
 * @param executors that ran its tasks
 */
public record QueryReading(
        String name,
        long batch,
        long rows,
        long batchMillis,
        long addBatchMillis,
        OptionalLong triggerMillis,
        long taskMillis,
        int tasks,
        long sinceEndMillis,
        OptionalDouble inputRate,
        OptionalLong backlog,
        int partitions,
        int shufflePartitions,
        boolean stateful,
        int executors) {
    public QueryReading {
        Objects.requireNonNull(name, "name");
        batch = Amounts.amount("batch", batch);
        rows = Amounts.amount("rows", rows);
        batchMillis = Amounts.millis("batchMillis", batchMillis);
        addBatchMillis = Amounts.millis("addBatchMillis", addBatchMillis);
        triggerMillis = Amounts.millis("triggerMillis", triggerMillis);
        taskMillis = Amounts.millis("taskMillis", taskMillis);
        tasks = Amounts.count("tasks", tasks);
        sinceEndMillis = Amounts.millis("sinceEndMillis", sinceEndMillis);
        inputRate = Amounts.rate("inputRate", inputRate);
        if (backlog.isPresent()) {
            Amounts.amount("backlog", backlog.getAsLong());
        }
        partitions = Amounts.count("partitions", partitions);
        shufflePartitions = Amounts.count("shufflePartitions", shufflePartitions);
        executors = Amounts.count("executors", executors);
    }
}
