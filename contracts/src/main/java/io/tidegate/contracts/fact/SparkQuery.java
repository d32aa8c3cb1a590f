package io.tidegate.contracts.fact;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A streaming query of a Spark application, by its last finished batch. What is absent is unknown, never 0.
 *
 * @param name name of the query
 * @param batch number of the batch, from 0
 * @param rows rows that it took
 * @param batchMillis time that it took, in milliseconds
 * @param addBatchMillis part of it in which rows were processed
 * @param triggerMillis trigger interval; 0 if one batch follows the other
 * @param taskMillis run time of its tasks, summed up
 * @param tasks tasks that it had
 * @param sinceEndMillis time since it ended
 * @param inputRate rows a second that arrived between its trigger and the one before
 * @param backlog records at the sources that are in no batch yet
 * @param partitions partitions of the sources
 * @param shufflePartitions partitions of its shuffle
 * @param stateful whether the query keeps state
 * @param executors executors that ran its tasks
 */
public record SparkQuery(
        String name,
        long batch,
        long rows,
        long batchMillis,
        @Nullable Long addBatchMillis,
        @Nullable Long triggerMillis,
        @Nullable Long taskMillis,
        @Nullable Integer tasks,
        long sinceEndMillis,
        @Nullable Double inputRate,
        @Nullable Long backlog,
        @Nullable Integer partitions,
        @Nullable Integer shufflePartitions,
        boolean stateful,
        @Nullable Integer executors) {
    public SparkQuery {
        Objects.requireNonNull(name, "queries[].name");
        Amounts.require("batch", batch);
        Amounts.require("rows", rows);
        Amounts.require("batchMillis", batchMillis);
        Amounts.require("addBatchMillis", addBatchMillis);
        Amounts.require("triggerMillis", triggerMillis);
        Amounts.require("taskMillis", taskMillis);
        Amounts.require("tasks", tasks);
        Amounts.require("sinceEndMillis", sinceEndMillis);
        Amounts.require("backlog", backlog);
        Amounts.require("partitions", partitions);
        Amounts.require("shufflePartitions", shufflePartitions);
        Amounts.require("executors", executors);
        if (inputRate != null && !(inputRate >= 0 && Double.isFinite(inputRate))) {
            throw new IllegalArgumentException("inputRate must be a finite number, not negative: " + inputRate);
        }
    }
}
