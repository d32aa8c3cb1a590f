package io.tidegate.testbed.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidegate.contracts.wire.KubernetesDuration;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import io.tidegate.testbed.prometheus.PrometheusServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole of Tidegate on this machine, under a load that anyone can read. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Brings up a Kafka broker, a Kubernetes control plane and Tidegate's services on this machine, sends a"
                    + " load to a consumer group that starts without replicas, and shows how it is scaled, and why.",
            "Exit code 0 if the objective held, all records were consumed and the replicas came back to the minimum, and"
                    + " with --spark if also both Spark applications gave their exact results."
        })
public final class DemoCommand implements Callable<Integer> {

    @Option(
            names = "--load",
            paramLabel = "FILE",
            description = "The load, as CSV: phases under the header seconds,replicas, or a recorded trace of time and"
                    + " count, played one row a second and scaled to a peak of 8 replicas' worth. Without it, the demo's"
                    + " own: 40 s of nothing, 40 s of 3.5 replicas' worth, 10 s of 8, 30 s of 1.2, 60 s of nothing.")
    private @Nullable Path load;

    @Option(names = "--for", paramLabel = "TIME", description = "Ends the load after this time, such as 90s or 2m.")
    private @Nullable String atMost;

    @Option(
            names = "--spark",
            description = "Adds a Spark batch job with a skewed last stage, and a Structured Streaming query that is"
                    + " fed from the broker, and shows the executors that Spark asks for, those that it is granted,"
                    + " and why.")
    private boolean spark;

    @Option(
            names = "--keep",
            description = "Keeps all of it running after the report, until Ctrl-C, and prints how to look at it.")
    private boolean keep;

    @Option(
            names = "--prometheus",
            description = "Starts a Prometheus beside it that reads the services each second and evaluates the shipped"
                    + " rules; it is built once, which takes some minutes and needs Go 1.26 or later. Best together with"
                    + " --keep.")
    private boolean prometheus;

    @Option(names = "--report", paramLabel = "FILE", description = "Writes the report to this file, as JSON.")
    private @Nullable Path report;

    @Override
    public Integer call() throws InterruptedException {
        Path reportFile = report;
        if (reportFile != null) {
            requireWritable(reportFile);
        }
        DemoLoad demoLoad = load();
        Optional<DemoLoad> clicks = Optional.empty();
        if (spark) {
            SparkPlay.require();
            clicks = Optional.of(shortened(SparkPlay.load()));
        }
        System.out.printf(
                "Tidegate demo: %d s of load, then up to %s to come back to rest.%n",
                demoLoad.seconds(), spark ? "4 minutes" : "a minute");
        try (DemoStage stage = DemoStage.prepare(Progress.console());
                PrometheusServer server = prometheus ? stage.startPrometheus(Progress.console()) : null) {
            if (server != null) {
                System.out.printf("Prometheus answers at %s/api/v1/query.%n", server.address());
            }
            if (spark) {
                SparkPlay.prepare(stage, Progress.console());
            }
            DemoReport result = new Demo(stage, demoLoad, clicks, System.out).run();
            System.out.println(summary(result));
            if (reportFile != null) {
                write(reportFile, result);
            }
            if (keep) {
                stage.keep(System.out);
            }
            return result.pass() ? 0 : 1;
        }
    }

    private DemoLoad load() {
        DemoLoad whole = load == null
                ? DemoLoad.committed(DemoStage.RATE_PER_REPLICA)
                : DemoLoad.read(load, DemoStage.RATE_PER_REPLICA);
        return shortened(whole);
    }

    private DemoLoad shortened(DemoLoad whole) {
        if (atMost == null) {
            return whole;
        }
        try {
            return whole.endingAfter((int) KubernetesDuration.parse(atMost).toSeconds());
        } catch (IllegalArgumentException e) {
            throw new TestbedException("--for: " + e.getMessage(), e);
        }
    }

    private static String summary(DemoReport result) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                """

                %s
                  records    %,d produced, %,d consumed
                  waits      99 %% within %.1f s, the longest %.1f s; the objective is %.1f s
                  cost       %.0f replica-seconds, %.2f times the least possible (%.0f)
                  latency    sample to decision %.0f ms, to accepted patch %.0f ms (p50); patch to ready %.1f s
                """,
                result.pass() ? "PASS" : "FAIL",
                result.produced(),
                result.consumed(),
                result.p99WaitMillis() / 1000.0,
                result.worstWaitMillis() / 1000.0,
                result.objectiveMillis() / 1000.0,
                result.replicaSeconds(),
                result.leastReplicaSeconds() > 0 ? result.replicaSeconds() / result.leastReplicaSeconds() : 0,
                result.leastReplicaSeconds(),
                result.latency().decisionP50(),
                result.latency().patchP50(),
                result.latency().readyP50() / 1000));
        for (SparkReport application : result.spark()) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %-10s %s; %.0f executor-seconds%n",
                    application.name(),
                    application.pass() ? application.result() + ", as expected" : "failed",
                    application.executorSeconds()));
        }
        result.failures()
                .forEach(failure -> text.append("  failed     ").append(failure).append('\n'));
        return text.toString();
    }

    private static void requireWritable(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
            throw new TestbedException("The report can't be written to " + file + ": that is no file in a folder.");
        }
    }

    private static void write(Path file, DemoReport result) {
        try {
            Files.writeString(
                    file, new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(result) + "\n");
        } catch (IOException e) {
            throw new TestbedException("The report can't be written to " + file + ": " + e.getMessage(), e);
        }
    }
}
