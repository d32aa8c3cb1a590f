package io.tidegate.testbed.spark;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.testbed.Parts;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import io.tidegate.testbed.process.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A Spark application that was submitted: its driver pod, and the executor pods that Spark makes for it. They run on
 * process nodes, so there must be one. Closing it removes the pods.
 */
public final class SparkApp implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(100);
    private static final Duration GONE_WITHIN = Duration.ofSeconds(60);
    private static final String PROCESS = "process://";

    private final KubernetesClient client;
    private final SparkAppSpec spec;
    private final String appId;
    private final String pod;
    private final Path log;

    private SparkApp(Parts parts, SparkAppSpec spec, String run) {
        this.client = parts.controlPlane().client();
        this.spec = spec;
        this.appId = "spark-" + run;
        this.pod = spec.name() + "-" + run.substring(0, 12) + "-driver";
        this.log = parts.directory()
                .folder("pods")
                .resolve(spec.namespace())
                .resolve(pod)
                .resolve(DriverPod.CONTAINER)
                .resolve("output.log");
    }

    /** Creates the driver pod, and what rights it needs, and returns at once. */
    public static SparkApp submit(Parts parts, SparkAppSpec spec) {
        SparkRuntime.locate();
        SparkApp app = new SparkApp(parts, spec, UUID.randomUUID().toString().replace("-", ""));
        SparkAccess.grant(app.client, spec.namespace());
        String server = parts.controlPlane().clientConfig().getMasterUrl().replaceAll("/$", "");
        app.client
                .resource(new DriverPod(spec, app.appId, app.pod, server).build())
                .create();
        return app;
    }

    /** Why no application can run on this machine, as a sentence; empty when they can. */
    public static Optional<String> unavailable() {
        return SparkRuntime.unavailable();
    }

    /** Makes later drivers and executors start faster, once for a build; not needed for them to start. */
    public static void prepare(Parts parts, Progress progress) {
        SparkRuntime.locate().prepare(parts.directory().folder("spark-training"), progress);
    }

    /** Spark's id of this run, also the label {@code spark-app-selector} of its pods. */
    public String appId() {
        return appId;
    }

    /** The name of the driver pod. */
    public String driverPod() {
        return pod;
    }

    /** The driver pod as it is now; null when it is gone. */
    public @Nullable Pod driver() {
        return client.pods().inNamespace(spec.namespace()).withName(pod).get();
    }

    /** The executor pods that the API server has now, whatever their state. */
    public List<Pod> executorPods() {
        return client.pods()
                .inNamespace(spec.namespace())
                .withLabel("spark-app-selector", appId)
                .withLabel("spark-role", "executor")
                .list()
                .getItems();
    }

    /** What the driver's REST interface says under {@code applications/<id>/}; empty when it does not answer. */
    public Optional<JsonNode> rest(String path) {
        Pod driver = driver();
        return driver == null || driver.getStatus().getPodIP() == null
                ? Optional.empty()
                : DriverRest.get(driver.getStatus().getPodIP(), appId, path);
    }

    /** The executors that the driver counts as its own now; empty when it does not answer. */
    public Optional<List<SparkExecutor>> executors() {
        return rest("executors").map(SparkApp::read);
    }

    /** All executors that ever were, those that are gone included; empty when the driver does not answer. */
    public Optional<List<SparkExecutor>> allExecutors() {
        return rest("allexecutors").map(SparkApp::read);
    }

    private static List<SparkExecutor> read(JsonNode list) {
        List<SparkExecutor> executors = new ArrayList<>();
        for (JsonNode node : list) {
            if (!node.path("id").asText().equals("driver")) {
                executors.add(SparkExecutor.of(node));
            }
        }
        return executors;
    }

    /** Waits until the driver answers. */
    public void awaitStarted(Duration atMost) {
        await(() -> executors().isPresent(), atMost, "did not answer");
    }

    /** Waits until exactly so many executors are registered, and gives them. */
    public List<SparkExecutor> awaitExecutors(int count, Duration atMost) {
        List<SparkExecutor> last = new ArrayList<>();
        await(
                () -> {
                    last.clear();
                    Optional<List<SparkExecutor>> now = executors();
                    now.ifPresent(last::addAll);
                    return now.isPresent() && last.size() == count;
                },
                atMost,
                "did not have " + count + " executors");
        return last;
    }

    /** Waits until the application has ended well, and gives its result; fails with its log when it failed. */
    public String awaitResult(Duration atMost) {
        Waiting.until(
                () -> terminated().isPresent(),
                PERIOD,
                atMost,
                "Spark application " + pod + " did not end" + logHint());
        ContainerStateTerminated end = terminated().orElseThrow();
        if (end.getExitCode() != 0) {
            throw new TestbedException("Spark application %s ended with exit code %d. Its last lines:%n%s"
                    .formatted(pod, end.getExitCode(), lastLines()));
        }
        return end.getMessage() == null ? "" : end.getMessage();
    }

    /** How the driver's container ended; empty while it has not. */
    public Optional<ContainerStateTerminated> terminated() {
        return container().map(status -> status.getState().getTerminated());
    }

    private Optional<ContainerStatus> container() {
        Pod driver = driver();
        if (driver == null) {
            throw new TestbedException("The driver pod " + pod + " is gone" + logHint() + ".");
        }
        return driver.getStatus().getContainerStatuses().stream().findFirst();
    }

    private void await(BooleanSupplier condition, Duration atMost, String failure) {
        Waiting.until(
                () -> {
                    if (terminated().isPresent()) {
                        throw new TestbedException("Spark application %s %s before it ended. Its last lines:%n%s"
                                .formatted(pod, failure, lastLines()));
                    }
                    return condition.getAsBoolean();
                },
                PERIOD,
                atMost,
                "Spark application " + pod + " " + failure + logHint());
    }

    /** Where the driver writes its log. */
    public Path log() {
        return log;
    }

    private String logHint() {
        return " (log: " + log + ")";
    }

    private String lastLines() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    /** Kills the driver's process without any warning, as a node failure would; the pod stays and shows it. */
    public void killDriver() {
        String id = container().map(ContainerStatus::getContainerID).orElse("");
        if (!id.startsWith(PROCESS)) {
            throw new TestbedException("The driver of " + pod + " does not run.");
        }
        ProcessHandle.of(Long.parseLong(id.substring(PROCESS.length()))).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Removes the driver pod, and returns when it and the executor pods are gone. */
    public void stop() {
        client.pods().inNamespace(spec.namespace()).withName(pod).delete();
        Waiting.until(
                () -> driver() == null && executorPods().isEmpty(),
                PERIOD,
                GONE_WITHIN,
                "The pods of " + pod + " did not go");
    }

    @Override
    public void close() {
        stop();
    }
}
