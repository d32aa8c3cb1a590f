package io.tidegate.spark.scale;

/**
 * What letting an executor go would cost.
 *
 * @param runningTasks tasks that it runs; it finishes them first
 * @param liveShuffleBytes shuffle output that a stage will still read
 * @param cachedBytes cached blocks
 * @param read whether a stage reads its shuffle, or may start to before it would be gone
 */
public record ExecutorLoad(String id, int runningTasks, long liveShuffleBytes, long cachedBytes, boolean read) {}
