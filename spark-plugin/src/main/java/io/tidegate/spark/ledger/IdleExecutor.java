package io.tidegate.spark.ledger;

/**
 * An executor that runs no task.
 *
 * @param profile id of its resource profile
 * @param idleMillis how long it has run none, since it registered if it never has
 */
public record IdleExecutor(String id, int profile, long idleMillis) {}
