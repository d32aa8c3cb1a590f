package io.tidegate.collector.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.SparkExecutors;
import io.tidegate.contracts.fact.SparkQuery;
import io.tidegate.contracts.fact.SparkStage;
import io.tidegate.contracts.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** A body that a driver sends, and the reading that it is. */
public final class Snapshots {

    static final String BODY = """
            {"version":1,"sentAt":"2026-11-29T12:00:01Z","dropped":3,"snapshots":[
             {"at":"2026-11-29T12:00:00.500Z","appId":"spark-1a2b","dynamic":true,"slots":4,"upMillis":60000,
              "executors":{"wanted":44,"granted":10,"running":8,"busy":7,"draining":1,"lastStartMillis":6400},
              "activeJobs":1,"idleMillis":0,
              "stages":[{"id":3,"attempt":1,"job":2,"state":"Active","tasks":200,"running":16,"done":40,"failed":5,
                         "sumMillis":52000,"p50Millis":1200,"p95Millis":3100,"maxMillis":4000,"oldestRunningMillis":900,
                         "submittedMillis":12000,"parents":[1,2],"shuffleRead":true},
                        {"id":4,"attempt":0,"job":2,"state":"Waiting","tasks":8,"running":0,"done":0,"failed":0,
                         "parents":[3],"shuffleRead":true}],
              "omittedStages":6,
              "queries":[{"name":"clicks to lake","batch":17,"rows":12000,"batchMillis":4100,"addBatchMillis":3800,
                          "triggerMillis":10000,"taskMillis":9100,"tasks":12,"sinceEndMillis":300,"inputRate":1200.5,
                          "backlog":0,"partitions":12,"shufflePartitions":8,"stateful":true,"executors":3}]}]}
            """;

    static final Reading.Spark READING = new Reading.Spark(
            "spark-1a2b",
            true,
            4,
            60_000L,
            new SparkExecutors(44, 10, 8, 7, 1, 6_400L),
            1,
            0L,
            List.of(
                    new SparkStage(
                            3,
                            1,
                            2,
                            SparkStage.State.Active,
                            200,
                            16,
                            40,
                            5,
                            52_000L,
                            1_200L,
                            3_100L,
                            4_000L,
                            900L,
                            12_000L,
                            List.of(1, 2),
                            true),
                    new SparkStage(
                            4,
                            0,
                            2,
                            SparkStage.State.Waiting,
                            8,
                            0,
                            0,
                            0,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            List.of(3),
                            true)),
            6,
            List.of(new SparkQuery(
                    "clicks to lake",
                    17,
                    12_000,
                    4_100,
                    3_800L,
                    10_000L,
                    9_100L,
                    12,
                    300,
                    1_200.5,
                    0L,
                    12,
                    8,
                    true,
                    3)));

    private Snapshots() {}

    static ObjectNode tree() {
        try {
            return (ObjectNode) Json.mapper().readTree(BODY);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    static ObjectNode snapshot(ObjectNode body) {
        return (ObjectNode) body.path("snapshots").path(0);
    }

    static byte[] changed(Consumer<ObjectNode> change) {
        ObjectNode body = tree();
        change.accept(body);
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A body with one snapshot. */
    public static String body(String appId, String at, String sentAt) {
        ObjectNode body = tree();
        body.put("sentAt", sentAt);
        snapshot(body).put("appId", appId).put("at", at);
        return body.toString();
    }
}
