package io.tidegate.collector.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.collector.spark.Fields.WrongFieldException;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.SparkExecutors;
import io.tidegate.contracts.fact.SparkQuery;
import io.tidegate.contracts.fact.SparkStage;
import io.tidegate.contracts.policy.SparkSpec;
import io.tidegate.contracts.wire.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads the body that a driver sends. Only the fields that a reading has are taken, each by its name and of its type: whatever else a
 * driver sends reaches nothing, and neither does any of it the error about it.
 */
final class SnapshotReader {

    /** Bodies of this size are taken. */
    static final int MOST_BYTES = Json.MAX_BYTES;

    static final int MOST_SNAPSHOTS = 100;

    private static final int VERSION = 1;
    /** Numbers up to here are the same in every language. */
    private static final long MOST = (1L << 53) - 1;
    /** The id is also the value of a label. */
    static final Pattern APP_ID = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

    private static final Pattern QUERY = Pattern.compile("\\P{C}{1," + SparkSpec.MAX_QUERY + "}");
    private static final Pattern STATE = Pattern.compile("Active|Waiting");

    private SnapshotReader() {}

    /** The body is not one. The message says what is wrong, and repeats nothing of it. */
    static final class UnreadableBodyException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableBodyException(String message) {
            super(message);
        }
    }

    /**
     * A body.
     *
     * @param sentAt when it was sent, by the sender's clock
     * @param dropped snapshots that the sender has dropped since its start
     * @param snapshots in the order in which they were made
     */
    record Batch(Instant sentAt, long dropped, List<Snapshot> snapshots) {}

    /**
     * What an application was like.
     *
     * @param at when, by the sender's clock
     */
    record Snapshot(Instant at, Reading.Spark reading) {}

    static Batch read(byte[] body) throws UnreadableBodyException {
        try {
            JsonNode tree = Json.mapper().readTree(body);
            Fields fields = Fields.of(tree, "the body");
            if (fields.amount("version", MOST) != VERSION) {
                throw fields.wrong("version", String.valueOf(VERSION));
            }
            Instant sentAt = fields.time("sentAt");
            List<Snapshot> snapshots = new ArrayList<>();
            for (Fields snapshot : fields.objects("snapshots", MOST_SNAPSHOTS)) {
                snapshots.add(new Snapshot(snapshot.time("at"), reading(snapshot)));
            }
            return new Batch(sentAt, fields.amount("dropped", MOST), snapshots);
        } catch (WrongFieldException e) {
            throw new UnreadableBodyException(String.valueOf(e.getMessage()));
        } catch (JsonProcessingException e) {
            // Its own message quotes the body.
            throw new UnreadableBodyException("the body is not JSON, or is nested too deep, or names a field twice");
        } catch (IOException e) {
            throw new UnreadableBodyException("the body is not JSON in UTF-8");
        }
    }

    private static Reading.Spark reading(Fields fields) throws WrongFieldException {
        return new Reading.Spark(
                fields.text("appId", APP_ID, "the application's id, as its driver pod's label says it"),
                fields.flag("dynamic"),
                fields.countFromOne("slots"),
                fields.amountIfThere("upMillis", MOST),
                executors(fields.object("executors")),
                fields.count("activeJobs"),
                fields.amountIfThere("idleMillis", MOST),
                stages(fields),
                fields.count("omittedStages"),
                queries(fields));
    }

    private static SparkExecutors executors(Fields fields) throws WrongFieldException {
        return new SparkExecutors(
                fields.countIfThere("wanted"),
                fields.countIfThere("granted"),
                fields.count("running"),
                fields.count("busy"),
                fields.count("draining"),
                fields.amountIfThere("lastStartMillis", MOST));
    }

    private static List<SparkStage> stages(Fields fields) throws WrongFieldException {
        List<SparkStage> stages = new ArrayList<>();
        for (Fields stage : fields.objects("stages", Reading.Spark.MAX_STAGES)) {
            stages.add(stage(stage));
        }
        return stages;
    }

    private static SparkStage stage(Fields fields) throws WrongFieldException {
        return new SparkStage(
                fields.count("id"),
                fields.count("attempt"),
                fields.count("job"),
                SparkStage.State.valueOf(fields.text("state", STATE, "Active or Waiting")),
                fields.count("tasks"),
                fields.count("running"),
                fields.count("done"),
                fields.count("failed"),
                fields.amountIfThere("sumMillis", MOST),
                fields.amountIfThere("p50Millis", MOST),
                fields.amountIfThere("p95Millis", MOST),
                fields.amountIfThere("maxMillis", MOST),
                fields.amountIfThere("oldestRunningMillis", MOST),
                fields.amountIfThere("submittedMillis", MOST),
                fields.counts("parents", SparkStage.MAX_PARENTS),
                fields.flag("shuffleRead"));
    }

    private static List<SparkQuery> queries(Fields fields) throws WrongFieldException {
        List<SparkQuery> queries = new ArrayList<>();
        for (Fields query : fields.objects("queries", Reading.Spark.MAX_QUERIES)) {
            queries.add(query(query));
        }
        return queries;
    }

    private static SparkQuery query(Fields fields) throws WrongFieldException {
        return new SparkQuery(
                fields.text("name", QUERY, "1 to " + SparkSpec.MAX_QUERY + " printable characters"),
                fields.amount("batch", MOST),
                fields.amount("rows", MOST),
                fields.amount("batchMillis", MOST),
                fields.amountIfThere("addBatchMillis", MOST),
                fields.amountIfThere("triggerMillis", MOST),
                fields.amountIfThere("taskMillis", MOST),
                fields.countIfThere("tasks"),
                fields.amount("sinceEndMillis", MOST),
                fields.decimalIfThere("inputRate"),
                fields.amountIfThere("backlog", MOST),
                fields.countIfThere("partitions"),
                fields.countIfThere("shufflePartitions"),
                fields.flag("stateful"),
                fields.countIfThere("executors"));
    }
}
