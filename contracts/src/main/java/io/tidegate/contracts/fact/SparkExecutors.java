package io.tidegate.contracts.fact;

import org.jspecify.annotations.Nullable;

/**
 * The executors of a Spark application, counted by its driver. What is absent is unknown, never 0.
 *
 * @param wanted executors that Spark itself asks for
 * @param granted executors that were asked of the cluster
 * @param running executors that are registered and not draining
 * @param busy executors with at least one running task
 * @param draining executors that are being let go
 * @param lastStartMillis milliseconds from asking for the newest executor to seeing it registered
 */
public record SparkExecutors(
        @Nullable Integer wanted,
        @Nullable Integer granted,
        int running,
        int busy,
        int draining,
        @Nullable Long lastStartMillis) {
    public SparkExecutors {
        Amounts.require("executors.wanted", wanted);
        Amounts.require("executors.granted", granted);
        Amounts.require("executors.running", running);
        Amounts.require("executors.busy", busy);
        Amounts.require("executors.draining", draining);
        Amounts.require("executors.lastStartMillis", lastStartMillis);
    }
}
