package io.tidegate.spark.push;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.spark.ledger.JobsView;
import io.tidegate.spark.ledger.QueryView;
import io.tidegate.spark.ledger.StageView;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * All that is told of an application at one moment: numbers, the application's id and the names of its streaming queries.
 *
 * @param slots tasks that an executor runs at a time
 * @param upMillis time since the application started
 */
public record Snapshot(
        Instant at,
        String appId,
        boolean dynamic,
        int slots,
        long upMillis,
        Executors executors,
        JobsView jobs,
        List<QueryView> queries) {
    /** Stages that the collector takes. */
    public static final int MAX_STAGES = 100;

    private static final int MAX_PARENTS = 100;
    private static final JsonMapper MAPPER = new JsonMapper();

    public Snapshot {
        queries = List.copyOf(queries);
    }

    /**
     * Executors, counted.
     *
     * @param busy those that run a task
     * @param lastStartMillis time from asking for the newest to seeing it registered
     */
    public record Executors(
            int wanted, int granted, int running, int busy, int draining, OptionalLong lastStartMillis) {}

    /** As a JSON object in UTF-8. */
    public byte[] toJson() {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("at", at.toString())
                .put("appId", appId)
                .put("dynamic", dynamic)
                .put("slots", slots)
                .put("upMillis", upMillis);
        ObjectNode counts = json.putObject("executors");
        counts.put("wanted", executors.wanted()).put("granted", executors.granted());
        counts.put("running", executors.running()).put("busy", executors.busy());
        counts.put("draining", executors.draining());
        put(counts, "lastStartMillis", executors.lastStartMillis());
        json.put("activeJobs", jobs.active()).put("idleMillis", jobs.idleMillis());
        var stages = json.putArray("stages");
        jobs.stages().forEach(stage -> write(stage, stages.addObject()));
        json.put("omittedStages", jobs.omitted());
        var batches = json.putArray("queries");
        queries.forEach(query -> write(query, batches.addObject()));
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(StageView stage, ObjectNode json) {
        json.put("id", stage.id()).put("attempt", stage.attempt()).put("job", stage.job());
        json.put("state", stage.active() ? "Active" : "Waiting");
        json.put("tasks", stage.tasks().all()).put("running", stage.tasks().running());
        json.put("done", stage.tasks().done()).put("failed", stage.tasks().failed());
        stage.times()
                .ifPresent(times -> json.put("sumMillis", times.sum())
                        .put("p50Millis", times.p50())
                        .put("p95Millis", times.p95())
                        .put("maxMillis", times.max()));
        put(json, "oldestRunningMillis", stage.oldestRunningMillis());
        put(json, "submittedMillis", stage.submittedMillis());
        var parents = json.putArray("parents");
        stage.parents().stream().limit(MAX_PARENTS).forEach(parents::add);
        // Spark cuts stages where data is shuffled, so that is what a parent's output is.
        json.put("shuffleRead", !stage.parents().isEmpty());
    }

    private static void write(QueryView query, ObjectNode json) {
        json.put("name", query.name()).put("batch", query.batch()).put("rows", query.rows());
        json.put("batchMillis", query.times().batch());
        put(json, "addBatchMillis", query.times().addBatch());
        put(json, "triggerMillis", query.times().trigger());
        json.put("taskMillis", query.work().taskMillis())
                .put("tasks", query.work().tasks());
        json.put("sinceEndMillis", query.sinceEndMillis());
        query.inputRate().ifPresent(rate -> json.put("inputRate", rate));
        put(json, "backlog", query.source().backlog());
        put(json, "partitions", query.source().partitions());
        put(json, "shufflePartitions", query.shufflePartitions());
        json.put("stateful", query.stateful()).put("executors", query.work().executors());
    }

    private static void put(ObjectNode json, String name, OptionalLong number) {
        if (number.isPresent()) {
            json.put(name, number.getAsLong());
        }
    }
}
