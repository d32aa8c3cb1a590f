package io.tidegate.renderer;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.testbed.demo.DemoStage;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.Waiting;
import io.tidegate.testbed.prometheus.PrometheusServer;
import io.tidegate.testbed.spark.SparkApp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The demo, and a real Prometheus that reads it, played until all dashboards have something to show. */
public final class RunningDemo implements AutoCloseable {

    /** The workload that consumes its load. */
    public static final String WORKLOAD = "orders-ingest";

    /** Nothing, much, more than the most replicas can do, little, some again: sizes change in both directions. */
    private static final String LOAD = """
        seconds,replicas
        20,0
        40,3.5
        15,8
        45,0.5
        40,2.5
        600,0.7
        """;

    private static final Duration PLAYED = Duration.ofSeconds(170);
    private static final Duration READY_WITHIN = Duration.ofMinutes(5);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final DemoStage stage;
    private final PrometheusServer prometheus;
    private final Instant startedAt;
    private final Optional<String> withoutSpark = SparkApp.unavailable();

    private RunningDemo(Progress progress) throws InterruptedException {
        try {
            stage = keep(DemoStage.prepare(0, progress));
            prometheus = keep(stage.startPrometheus(progress));
            if (withoutSpark.isEmpty()) {
                keep(stage.startSpark(progress));
            }
            startedAt = Instant.now();
            keep(stage.startLoad(LOAD));
        } catch (RuntimeException | InterruptedException e) {
            close();
            throw e;
        }
    }

    /** Brings all of it up and plays it; returns while it still runs. */
    public static RunningDemo play(Progress progress) throws InterruptedException {
        RunningDemo demo = new RunningDemo(progress);
        try {
            progress.during("playing the demo for " + PLAYED.toMinutes() + " minutes and more", () -> {
                Waiting.until(demo::hasShownAll, Duration.ofSeconds(1), READY_WITHIN, "The demo did not play");
                return "";
            });
            return demo;
        } catch (RuntimeException e) {
            demo.close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }

    /** The Prometheus that reads it. */
    public PrometheusServer prometheus() {
        return prometheus;
    }

    /** When its load began. */
    public Instant startedAt() {
        return startedAt;
    }

    /** Why no Spark application plays on this machine, as a sentence; empty when they do. */
    public Optional<String> withoutSpark() {
        return withoutSpark;
    }

    private boolean hasShownAll() {
        // Somebody asks all the time, so that there are requests; those of Prometheus itself do not count.
        stage.services().processes().forEach(service -> service.get("/v1/workloads"));
        return Instant.now().isAfter(startedAt.plus(PLAYED))
                && number("sum(tidegate_workload_decisions_total{action=\"ScaleDown\"})") > 0
                && number("count(tidegate_workload_learned_rate)") > 0
                && number("sum(increase(tidegate_actuations_total{result=\"Applied\"}[1m]))") > 0
                && number("sum(rate(http_server_requests_seconds_count[1m]))") > 0
                && (withoutSpark.isPresent()
                        || number("count(tidegate_workload_signal{quantity=\"batchSeconds\"})") > 0);
    }

    private double number(String expr) {
        JsonNode result = prometheus.query(expr);
        return result.isEmpty() ? 0 : result.at("/0/value/1").asDouble();
    }

    /** Ends its parts, the last one first. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                System.getLogger(RunningDemo.class.getName())
                        .log(System.Logger.Level.WARNING, "A part of the demo did not end well", e);
            }
        }
    }
}
