package io.tidegate.autoscaler.testing;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The built service as a process, with the rights of its service account only. */
public final class AutoscalerProcess implements AutoCloseable {

    /** Name of the cluster in ids. */
    public static final String CLUSTER = "test";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ProcessSpec spec;
    private final int port;
    private ChildProcess process;

    private AutoscalerProcess(ProcessSpec spec, int port) {
        this.spec = spec;
        this.port = port;
        this.process = ChildProcess.start(spec);
    }

    public static AutoscalerProcess start(SharedTestbed testbed, String instance, Map<String, String> settings) {
        Path folder = testbed.directory().folder(instance);
        Path kubeconfig = testbed.controlPlane()
                .serviceAccounts()
                .kubeconfig("tidegate", "tidegate-autoscaler", folder.resolve("kubeconfig"));
        int port = FreePorts.next();
        Map<String, String> environment = new HashMap<>();
        environment.put("TIDEGATE_KAFKA_BOOTSTRAP_SERVERS", testbed.broker().bootstrapServers());
        environment.put("TIDEGATE_INSTANCE_ID", instance);
        environment.put("TIDEGATE_CLUSTER", CLUSTER);
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.put("KUBECONFIG", kubeconfig.toString());
        environment.putAll(settings);
        List<String> command = ServiceProgram.command(ServiceKind.AUTOSCALER, List.of("-XX:+UseSerialGC", "-Xmx256m"));
        Path log = folder.resolve(instance + ".log");
        return new AutoscalerProcess(
                new ProcessSpec(instance, command, environment, folder, log, Duration.ofSeconds(10)), port);
    }

    public boolean isReady() {
        return get("/q/health/ready").startsWith("200");
    }

    /** Status and body of an answer of its HTTP interface; 503 if it gives none. */
    public String get(String path) {
        try {
            HttpResponse<String> response = HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .timeout(Duration.ofSeconds(5))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        } catch (IOException e) {
            return "503 " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Kills it without any warning, and starts it again. */
    public void killAndRestart() {
        process.kill();
        process.stop(Duration.ZERO);
        process = ChildProcess.start(spec);
    }

    /** What it has logged. */
    public String log() {
        try {
            return Files.readString(spec.log());
        } catch (IOException e) {
            return "";
        }
    }

    public ChildProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
