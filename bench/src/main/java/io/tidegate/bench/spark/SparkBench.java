package io.tidegate.bench.spark;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tidegate.testbed.Parts;
import io.tidegate.testbed.process.Waiting;
import io.tidegate.testbed.services.ServiceKind;
import io.tidegate.testbed.services.TidegateServices;
import io.tidegate.testbed.spark.SparkApp;
import io.tidegate.testbed.spark.SparkAppSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Runs jobs, one at a time, and measures them. */
final class SparkBench implements AutoCloseable {
    /** Executors of one slot; small, for two cores have to start them. */
    static final int MOST = 6;

    private static final String NAMESPACE = "bench-spark";
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration GONE_WITHIN = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Parts parts;
    private final KubernetesClient client;
    private final String collector;
    private final Path eventLogs;
    private final ExecutorWatch watch;
    private final Decisions decisions;

    SparkBench(Parts parts, TidegateServices services) {
        this.parts = parts;
        this.client = parts.controlPlane().client();
        this.collector =
                services.process(ServiceKind.TELEMETRY_COLLECTOR).address().toString();
        this.eventLogs = parts.directory().folder("spark-events");
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        this.watch = new ExecutorWatch(client, NAMESPACE);
        this.decisions = new Decisions(parts.broker().bootstrapServers());
    }

    /** Has Tidegate scale a job whenever it runs with the label. One policy for all its runs: what it learns stays. */
    void applyPolicy(Job job) {
        String objective = job.objective()
                .map(limit -> "objective: {duration: %ds}".formatted(limit.toSeconds()))
                .orElse("");
        GenericKubernetesResource policy = Serialization.unmarshal(
                """
                apiVersion: tidegate.io/v1alpha1
                kind: ScalingPolicy
                metadata: {name: %1$s, namespace: %2$s}
                spec:
                  selector: {matchLabels: {%3$s: %1$s}}
                  executors: {min: 0, max: %4$d}
                  %5$s
                """.formatted(job.label(), NAMESPACE, Way.LABEL, MOST, objective), GenericKubernetesResource.class);
        client.resource(policy).create();
    }

    Trial run(int run, Job job, Way way) {
        SparkAppSpec spec = SparkAppSpec.of(NAMESPACE, job.label(), job.app())
                .withArguments(job.arguments().toArray(String[]::new))
                .withConf(EventLog.settings(eventLogs));
        Instant begin = Instant.now();
        long zero = System.nanoTime();
        try (SparkApp app = SparkApp.submit(parts, way.apply(spec, MOST, collector))) {
            String result = app.awaitResult(LONGEST);
            double submitted = (System.nanoTime() - zero) / 1e9;
            app.stop();
            ExecutorTimes times = watch.of(app.appId());
            Waiting.until(times::over, LOOK_EVERY, GONE_WITHIN, "The executors of " + app.driverPod() + " did not end");
            EventLog log = EventLog.read(eventLogs.resolve(app.appId()));
            double makespan = (log.endMillis() - log.startMillis()) / 1e3;
            return new Trial(
                    run,
                    job,
                    way,
                    makespan,
                    rounded(submitted),
                    rounded(times.executorSeconds()),
                    times.started(),
                    log.lostTasks(),
                    log.repeatedTasks(),
                    log.stageRetries(),
                    result.equals(job.result()),
                    job.objective().isPresent()
                            && makespan > job.objective().get().toMillis() / 1e3,
                    times.course(zero),
                    way == Way.TIDEGATE ? decisions.since(begin) : List.of());
        }
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * 100) / 100.0;
    }

    @Override
    public void close() {
        decisions.close();
        watch.close();
    }
}
