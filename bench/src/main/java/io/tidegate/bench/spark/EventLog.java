package io.tidegate.bench.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidegate.testbed.process.TestbedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a driver has written of its application.
 *
 * @param startMillis when the application began, as Spark counts it: after the driver's JVM has started, before any executor
 * @param endMillis when its last job was over and it began to end
 * @param lostTasks attempts that did not succeed
 * @param repeatedTasks tasks that had succeeded, and had to again
 * @param stageRetries stages that were begun again
 */
record EventLog(long startMillis, long endMillis, int lostTasks, int repeatedTasks, int stageRetries) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** The settings by which a driver writes one file into a folder, named by the application's id. */
    static Map<String, String> settings(Path folder) {
        return Map.of(
                "spark.eventLog.enabled",
                "true",
                "spark.eventLog.dir",
                folder.toUri().toString(),
                "spark.eventLog.compress",
                "false",
                "spark.eventLog.rolling.enabled",
                "false");
    }

    /** Reads what an application that is over has left. */
    static EventLog read(Path file) {
        Reading reading = new Reading();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                reading.take(MAPPER.readTree(line));
            }
        } catch (IOException e) {
            throw new TestbedException("Spark's event log cannot be read: " + e.getMessage(), e);
        }
        if (reading.end < reading.start || reading.start < 0) {
            throw new TestbedException("Spark's event log " + file + " has no end.");
        }
        return new EventLog(reading.start, reading.end, reading.lost, reading.repeated, reading.retries);
    }

    /** Sums of the events so far. */
    private static final class Reading {
        private record Task(int stage, int index) {}

        private final Set<Task> succeeded = new HashSet<>();
        private long start = -1;
        private long end = -1;
        private int lost;
        private int repeated;
        private int retries;

        void take(JsonNode event) {
            switch (event.path("Event").asText()) {
                case "SparkListenerApplicationStart" ->
                    start = event.path("Timestamp").asLong();
                case "SparkListenerApplicationEnd" ->
                    end = event.path("Timestamp").asLong();
                case "SparkListenerStageSubmitted" ->
                    retries += event.path("Stage Info").path("Stage Attempt ID").asInt() > 0 ? 1 : 0;
                case "SparkListenerTaskEnd" -> taskEnd(event);
                default -> {
                    // Spark has many more.
                }
            }
        }

        private void taskEnd(JsonNode event) {
            if (!event.path("Task End Reason").path("Reason").asText().equals("Success")) {
                lost++;
                return;
            }
            Task task = new Task(
                    event.path("Stage ID").asInt(),
                    event.path("Task Info").path("Index").asInt());
            repeated += succeeded.add(task) ? 0 : 1;
        }
    }
}
