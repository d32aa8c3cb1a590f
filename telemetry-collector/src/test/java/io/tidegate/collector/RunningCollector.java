package io.tidegate.collector;

import static org.awaitility.Awaitility.await;

import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.process.ChildProcess;
import io.tidegate.testbed.process.FreePorts;
import io.tidegate.testbed.process.ProcessSpec;
import io.tidegate.testbed.services.ServiceKind;
import io.tidegate.testbed.services.ServiceProgram;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The built collector as a process of its own, with its own service account. */
final class RunningCollector implements AutoCloseable {

    /** Name of the cluster in ids. */
    static final String CLUSTER = "default";

    private static final String NAMESPACE = "tidegate";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final ChildProcess process;
    private final int port;

    private RunningCollector(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts an instance; it sees the whole cluster. */
    static RunningCollector start(SharedTestbed testbed, String instance, Map<String, String> settings) {
        int port = FreePorts.next();
        Path folder = testbed.directory().folder("collector-" + instance);
        Map<String, String> environment = new HashMap<>();
        environment.put("TIDEGATE_KAFKA_BOOTSTRAP_SERVERS", testbed.broker().bootstrapServers());
        environment.put("TIDEGATE_INSTANCE_ID", instance);
        environment.put("TIDEGATE_USAGE_PERIOD", "1s");
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.put(
                "KUBECONFIG",
                testbed.controlPlane()
                        .serviceAccounts()
                        .kubeconfig(NAMESPACE, "tidegate-collector", folder.resolve("kubeconfig"))
                        .toString());
        environment.putAll(settings);
        List<String> command =
                ServiceProgram.command(ServiceKind.TELEMETRY_COLLECTOR, List.of("-XX:+UseSerialGC", "-Xmx256m"));
        return new RunningCollector(
                ChildProcess.start(
                        ProcessSpec.disposable(instance, command, folder).withEnvironment(environment)),
                port);
    }

    RunningCollector awaitReady() {
        await().atMost(Duration.ofSeconds(90)).until(() -> {
            process.requireAlive();
            return isReady();
        });
        return this;
    }

    private boolean isReady() {
        try {
            return ask("/q/health/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** The body of an answer, whatever its status. */
    String get(String path) throws IOException {
        return ask(path).body();
    }

    /** Sends JSON; without a token if that is empty. */
    HttpResponse<String> post(String path, String token, HttpRequest.BodyPublisher body) throws IOException {
        HttpRequest.Builder request =
                request(path).header("Content-Type", "application/json").POST(body);
        return send(token.isEmpty() ? request : request.header("Authorization", "Bearer " + token));
    }

    private HttpResponse<String> ask(String path) throws IOException {
        return send(request(path));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Ends it without any warning. */
    void kill() {
        process.kill();
        process.waitFor(Duration.ofSeconds(10));
    }

    @Override
    public void close() {
        process.stop(Duration.ofSeconds(10));
    }
}
