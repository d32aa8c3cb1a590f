package io.tidegate.testbed.services;

import io.tidegate.testbed.broker.KafkaBroker;
import io.tidegate.testbed.broker.LocalKafkaBroker;
import io.tidegate.testbed.process.ChildProcess;
import io.tidegate.testbed.process.FreePorts;
import io.tidegate.testbed.process.ProcessSpec;
import io.tidegate.testbed.process.ProcessUsage;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import io.tidegate.testbed.process.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The run by which a JVM learns what a service loads, links and does often. The service has a broker of its own, so that the engine
 * decides as it does before its first sample, and no cluster; it answers a few requests and ends. It needs nothing else on the machine.
 */
public final class ServiceTraining {

    private static final Duration LIVE_WITHIN = Duration.ofSeconds(90);

    /** After the run itself, the JVM starts another one that lays the cache out. */
    private static final Duration WRITTEN_WITHIN = Duration.ofMinutes(5);

    private static final Duration BUSY_AT_MOST = Duration.ofSeconds(30);

    /** Of processor time in a second; one that waits for a cluster asks for it now and then. */
    private static final Duration QUIET = Duration.ofMillis(100);

    private static final List<String> ASKED = List.of("/q/health/ready", "/q/metrics");

    private ServiceTraining() {}

    /**
     * Runs a service with the options that it always has.
     *
     * @param java the java program
     * @param jar the application
     * @param option has the JVM write down what it learns
     * @param folder where the run may leave files
     */
    public static void run(ServiceKind kind, Path java, Path jar, String option, Path folder) {
        int port = FreePorts.next();
        List<String> command = new ArrayList<>(List.of(java.toString(), option));
        command.addAll(ServiceProcess.jvmOptions(kind));
        command.addAll(List.of("-jar", jar.toString()));
        ProcessSpec spec = ProcessSpec.disposable("training-" + kind.module(), command, folder);
        try (HttpClient http = HttpClient.newHttpClient();
                KafkaBroker broker = LocalKafkaBroker.start(folder.resolve("kafka"), Progress.silent());
                ChildProcess process = ChildProcess.start(
                        spec.withEnvironment(environment(folder, port, broker.bootstrapServers())))) {
            Waiting.until(
                    () -> {
                        process.requireAlive();
                        return status(http, port, "/q/health/live") == 200;
                    },
                    Duration.ofMillis(100),
                    LIVE_WITHIN,
                    "The " + kind.module() + " did not start for its training; its log is " + process.log());
            awaitQuiet(process);
            ASKED.forEach(path -> status(http, port, path));
            process.terminate();
            if (!process.waitFor(WRITTEN_WITHIN)) {
                throw new TestbedException(
                        "The training of the " + kind.module() + " did not end; its log is " + process.log());
            }
        }
    }

    /** Its start goes on after it is live: topics, groups, and the decisions by which the engine warms up. */
    private static void awaitQuiet(ChildProcess process) {
        long deadline = System.nanoTime() + BUSY_AT_MOST.toNanos();
        AtomicReference<Duration> before = new AtomicReference<>(Duration.ZERO);
        Waiting.until(
                () -> {
                    process.requireAlive();
                    Duration now = process.usage().map(ProcessUsage::cpu).orElse(Duration.ZERO);
                    return now.minus(before.getAndSet(now)).compareTo(QUIET) <= 0 || System.nanoTime() > deadline;
                },
                Duration.ofSeconds(1),
                BUSY_AT_MOST.multipliedBy(2),
                process.name() + " did not come to rest");
    }

    private static Map<String, String> environment(Path folder, int port, String bootstrapServers) {
        Map<String, String> environment = new HashMap<>();
        environment.put("TIDEGATE_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
        environment.put("TIDEGATE_INSTANCE_ID", "training");
        environment.put("TIDEGATE_STATE_DIR", folder.resolve("state").toString());
        environment.put("TIDEGATE_ADVERTISED_ADDRESS", "127.0.0.1:" + port);
        environment.put("KUBERNETES_AUTH_TRYKUBECONFIG", "false");
        // Nobody listens there.
        environment.put("KUBERNETES_MASTER", "https://127.0.0.1:1");
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.put("HOME", folder.toString());
        return environment;
    }

    private static int status(HttpClient http, int port, String path) {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 503;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("Interrupted while training.", e);
        }
    }
}
