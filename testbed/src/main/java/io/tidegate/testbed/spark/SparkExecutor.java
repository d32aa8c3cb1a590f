package io.tidegate.testbed.spark;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An executor as its driver's REST interface shows it.
 *
 * @param id Spark's number of it
 * @param host address of its pod
 * @param active false when it is gone
 * @param slots tasks at a time
 * @param activeTasks tasks that run
 * @param completedTasks tasks that succeeded
 * @param failedTasks tasks that failed
 * @param shuffleWriteBytes shuffle data that it has written
 */
public record SparkExecutor(
        String id,
        String host,
        boolean active,
        int slots,
        int activeTasks,
        int completedTasks,
        int failedTasks,
        long shuffleWriteBytes) {

    static SparkExecutor of(JsonNode node) {
        return new SparkExecutor(
                node.path("id").asText(),
                node.path("hostPort").asText().replaceAll(":\\d+$", ""),
                node.path("isActive").asBoolean(),
                node.path("maxTasks").asInt(),
                node.path("activeTasks").asInt(),
                node.path("completedTasks").asInt(),
                node.path("failedTasks").asInt(),
                node.path("totalShuffleWrite").asLong());
    }
}
