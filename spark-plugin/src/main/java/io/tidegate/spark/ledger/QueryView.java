package io.tidegate.spark.ledger;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A streaming query by its last finished batch.
 *
 * @param rows rows that the batch took
 * @param sinceEndMillis time since it ended
 * @param inputRate rows a second that arrived between its trigger and the one before
 * @param stateful whether the query keeps state
 */
public record QueryView(
        String name,
        long batch,
        long rows,
        Times times,
        Work work,
        long sinceEndMillis,
        OptionalDouble inputRate,
        Source source,
        OptionalLong shufflePartitions,
        boolean stateful) {

    /** How long the batch took, how long of it rows were processed, and how often batches are due; in milliseconds. */
    public record Times(long batch, OptionalLong addBatch, OptionalLong trigger) {}

    /** Tasks of the batch, their run time summed up, and the executors that ran them. */
    public record Work(int tasks, long taskMillis, int executors) {}

    /** Records at the sources that are in no batch yet, and their partitions. */
    public record Source(OptionalLong backlog, OptionalLong partitions) {}
}
