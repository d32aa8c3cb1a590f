package io.tidegate.decision.signal;

/**
 * A finished batch of the streaming queries that count; of several queries the sums, but for the durations.
 *
 * @param batch its number
 * @param rows rows that were read
 * @param batchMillis how long it took
 * @param addBatchMillis how long its tasks took of that
 * @param taskMillis run times of all its tasks
 * @param tasks number of its tasks
 * @param inputRate rows/s that arrive, -1 if not known
 * @param backlog rows that were in no batch yet, -1 if not known
 */
public record BatchMark(
        long batch,
        long rows,
        long batchMillis,
        long addBatchMillis,
        long taskMillis,
        int tasks,
        double inputRate,
        long backlog) {}
