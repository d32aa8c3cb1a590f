package io.tidegate.testbed.demo;

import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import io.tidegate.testbed.services.ServiceKind;
import io.tidegate.testbed.services.TidegateServices;
import io.tidegate.testbed.spark.SampleApp;
import io.tidegate.testbed.spark.SparkApp;
import io.tidegate.testbed.spark.SparkAppSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** The demo's two Spark applications: a batch job with a skewed last stage, and a query that is fed from the broker. */
final class SparkPlay implements AutoCloseable {
    private static final String BATCH = "nightly";
    private static final String STREAM = "clicks";
    private static final int PARTITIONS = 8;
    private static final int TASKS = 16;
    /** Records a second that the slot of an executor processes, but for what Spark itself takes. */
    private static final double RATE_PER_SLOT = 100;

    private static final int MICROS = 1_000_000;
    private static final String TRIGGER_MILLIS = "5000";
    /** Twice what an executor can do in a trigger interval: what has come before the query's start is no giant batch. */
    private static final int BATCH_RECORDS = 1000;

    private final LoadRun clicks;
    private final Path folder;
    private final List<DecisionWatch> watches;
    private final List<SparkTrack> tracks;
    private boolean stopped;

    private SparkPlay(LoadRun clicks, Path folder, List<DecisionWatch> watches, List<SparkTrack> tracks) {
        this.clicks = clicks;
        this.folder = folder;
        this.watches = watches;
        this.tracks = tracks;
    }

    /** Fails with a sentence if Spark cannot run on this machine. */
    static void require() {
        SparkApp.unavailable().ifPresent(reason -> {
            throw new TestbedException(reason);
        });
    }

    /** Applies both policies and makes the starts of Spark faster, once for a build. */
    static void prepare(DemoStage stage, Progress progress) throws InterruptedException {
        SparkApp.prepare(stage.parts(), progress);
        stage.createTopic(STREAM, PARTITIONS);
        stage.apply("spark-batch-policy.yaml");
        stage.apply("spark-stream-policy.yaml");
    }

    /** Submits both applications and begins to send the query's records. */
    static SparkPlay start(DemoStage stage, DemoLoad load) {
        String collector = stage.services()
                .process(ServiceKind.TELEMETRY_COLLECTOR)
                .address()
                .toString();
        Path folder = stage.parts().directory().folder("streaming");
        DecisionWatch batchWatch = watch(stage, BATCH);
        DecisionWatch streamWatch = watch(stage, STREAM);
        SparkApp batch = SparkApp.submit(stage.parts(), batch().withPlugin(collector));
        SparkApp stream = SparkApp.submit(
                stage.parts(), stream(stage.bootstrapServers(), folder).withPlugin(collector));
        LoadRun clicks = new LoadRun(stage.bootstrapServers(), STREAM, PARTITIONS, load, new WaitTracker());
        return new SparkPlay(
                clicks,
                folder,
                List.of(batchWatch, streamWatch),
                List.of(
                        new SparkTrack(
                                BATCH,
                                batch,
                                batchWatch,
                                () -> "partitions=%d sum=%d".formatted(TASKS, TASKS * (TASKS - 1) / 2)),
                        new SparkTrack(
                                STREAM,
                                stream,
                                streamWatch,
                                () -> "lines=%1$d records=%1$d".formatted(clicks.acknowledged()))));
    }

    private static DecisionWatch watch(DemoStage stage, String policy) {
        return new DecisionWatch(
                stage.bootstrapServers(),
                new WorkloadId(TidegateServices.CLUSTER, DemoStage.NAMESPACE, WorkloadId.SPARK_DRIVER, policy));
    }

    /** The records of the query: as many a second as this load says in executors' worth. */
    static DemoLoad load() {
        return DemoLoad.committed("clicks.csv", RATE_PER_SLOT);
    }

    private static SparkAppSpec batch() {
        return SparkAppSpec.of(DemoStage.NAMESPACE, BATCH, SampleApp.SKEWED)
                .withLabel("pipeline", BATCH)
                .withDynamicAllocation(0, 100)
                .withArguments("tasks=" + TASKS, "taskMillis=2000", "longTasks=2", "longMillis=20000");
    }

    private static SparkAppSpec stream(String bootstrapServers, Path folder) {
        return SparkAppSpec.of(DemoStage.NAMESPACE, STREAM, SampleApp.STREAMING)
                .withLabel("app", STREAM)
                .withExecutors(1)
                .withArguments(
                        "bootstrap=" + bootstrapServers,
                        "topic=" + STREAM,
                        "folder=" + folder,
                        "query=" + STREAM,
                        "batchRecords=" + BATCH_RECORDS,
                        "recordMicros=" + (int) (MICROS / RATE_PER_SLOT),
                        "triggerMillis=" + TRIGGER_MILLIS,
                        "shufflePartitions=" + PARTITIONS);
    }

    /** Looks at both applications; ends the query once all of its records were sent. */
    void look(Instant start, Instant now) {
        clicks.requireHealthy();
        if (!stopped && clicks.finished()) {
            stopped = true;
            try {
                Files.createFile(folder.resolve("stop"));
            } catch (IOException e) {
                throw new TestbedException("The query cannot be told to end.", e);
            }
        }
        tracks.forEach(track -> track.look(start, now));
    }

    boolean ended() {
        return tracks.stream().allMatch(SparkTrack::ended);
    }

    List<SparkTrack> tracks() {
        return tracks;
    }

    List<SparkReport> reports() {
        return tracks.stream().map(SparkTrack::report).toList();
    }

    @Override
    public void close() {
        clicks.close();
        watches.forEach(DecisionWatch::close);
    }
}
