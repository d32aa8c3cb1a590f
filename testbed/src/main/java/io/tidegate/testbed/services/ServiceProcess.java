package io.tidegate.testbed.services;

import io.tidegate.testbed.Parts;
import io.tidegate.testbed.files.RunDirectory;
import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.process.ChildProcess;
import io.tidegate.testbed.process.FreePorts;
import io.tidegate.testbed.process.ProcessSpec;
import io.tidegate.testbed.process.TestbedException;
import io.tidegate.testbed.process.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** One instance of a service. */
public final class ServiceProcess implements AutoCloseable {

    private static final List<String> JVM_OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-Xms96m",
            "-Xmx256m",
            "-XX:MetaspaceSize=128m",
            "-XX:ThreadPriorityPolicy=1",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager");

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final ServiceKind kind;
    private final URI address;
    private final ProcessSpec spec;
    private ChildProcess process;

    private ServiceProcess(ServiceKind kind, URI address, ProcessSpec spec) {
        this.kind = kind;
        this.address = address;
        this.spec = spec;
        this.process = ChildProcess.start(spec);
    }

    /**
     * Starts an instance and returns at once.
     *
     * @param instance unique among the instances of all kinds
     * @param settings further environment variables
     */
    static ServiceProcess start(
            Parts parts, ServiceKind kind, String instance, Map<String, String> settings, ServiceLaunch how) {
        int port = FreePorts.next();
        Path folder = parts.directory().folder("services/" + instance);
        Map<String, String> environment = environment(parts.broker().bootstrapServers(), instance, port);
        if (kind.talksToKubernetes()) {
            Path kubeconfig = parts.controlPlane()
                    .serviceAccounts()
                    .kubeconfig(TidegateServices.NAMESPACE, kind.serviceAccount(), folder.resolve("kubeconfig"));
            environment.put("KUBECONFIG", kubeconfig.toString());
        } else {
            environment.putAll(engineEnvironment(folder, port));
        }
        environment.putAll(settings);
        return launch(kind, port, specification(kind, instance, folder, environment, how));
    }

    /**
     * Starts an engine, which needs nothing but Kafka, and returns at once.
     *
     * @param instance unique among the instances of all kinds
     */
    public static ServiceProcess engine(
            String bootstrapServers, RunDirectory directory, String instance, ServiceLaunch how) {
        int port = FreePorts.next();
        Path folder = directory.folder("services/" + instance);
        Map<String, String> environment = environment(bootstrapServers, instance, port);
        environment.putAll(engineEnvironment(folder, port));
        return launch(
                ServiceKind.POLICY_ENGINE,
                port,
                specification(ServiceKind.POLICY_ENGINE, instance, folder, environment, how));
    }

    private static ServiceProcess launch(ServiceKind kind, int port, ProcessSpec spec) {
        return new ServiceProcess(kind, URI.create("http://127.0.0.1:" + port), spec);
    }

    static Map<String, String> environment(String bootstrapServers, String instance, int port) {
        Map<String, String> environment = new HashMap<>();
        environment.put("TIDEGATE_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
        environment.put("TIDEGATE_INSTANCE_ID", instance);
        environment.put("TIDEGATE_CLUSTER", TidegateServices.CLUSTER);
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.put("QUARKUS_LOG_CONSOLE_FORMAT", "%d{HH:mm:ss.SSS} %-5p [%c{2.}] (%t) %s%e%n");
        return environment;
    }

    static Map<String, String> engineEnvironment(Path folder, int port) {
        return Map.of(
                "TIDEGATE_STATE_DIR",
                folder.resolve("state").toString(),
                "TIDEGATE_ADVERTISED_ADDRESS",
                "127.0.0.1:" + port);
    }

    private static ProcessSpec specification(
            ServiceKind kind, String instance, Path folder, Map<String, String> environment, ServiceLaunch how) {
        List<String> options = new ArrayList<>(jvmOptions(kind));
        options.addAll(how.jvmOptions());
        List<String> command = new ArrayList<>(how.prefix());
        command.addAll(
                how.aotCache() ? ServiceProgram.command(kind, options) : ServiceProgram.plainCommand(kind, options));
        return new ProcessSpec(
                instance, command, environment, folder, folder.resolve(instance + ".log"), Duration.ofSeconds(10));
    }

    /** Options of the JVM as shipped, by the chart and in the images. */
    public static List<String> jvmOptions(ServiceKind kind) {
        List<String> options = new ArrayList<>(JVM_OPTIONS);
        options.add("-XX:CompilerThreadPriority=" + (kind == ServiceKind.POLICY_ENGINE ? 5 : 10));
        return options;
    }

    /** SHA-256 of what the services run with by default: their settings as built, and the JVM options. */
    public static String configurationHash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (ServiceKind kind : ServiceKind.values()) {
                digest.update(Files.readAllBytes(TestbedHome.root()
                        .resolve(kind.module())
                        .resolve("src/main/resources/application.properties")));
                digest.update(String.join(" ", jvmOptions(kind)).getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new TestbedException("Cannot hash the services' settings.", e);
        }
    }

    public ServiceKind kind() {
        return kind;
    }

    /** Where its REST interface, metrics and health are. */
    public URI address() {
        return address;
    }

    /** The process that runs now. */
    public synchronized ChildProcess process() {
        return process;
    }

    /** Kills the process without any warning, as a node failure would. */
    public synchronized void kill() {
        process.kill();
        process.waitFor(Duration.ofSeconds(10));
    }

    /** Starts it again, with the settings and the files it had. */
    public synchronized void restart() {
        process.stop(spec.grace());
        process = ChildProcess.start(spec);
    }

    /** Waits until the service says that it is ready. */
    public void awaitReady(Duration atMost) {
        awaitOk("/q/health/ready", Duration.ofMillis(100), atMost);
    }

    /** Asks its HTTP interface each period until the answer has status 200. */
    public void awaitOk(String path, Duration period, Duration atMost) {
        Waiting.until(
                () -> {
                    process().requireAlive();
                    return get(path).statusCode() == 200;
                },
                period,
                atMost,
                "The service " + spec.name() + " did not answer " + path + " with 200; its log is " + spec.log());
    }

    /** Asks its HTTP interface; a service that doesn't answer gives status 503. */
    public Answer get(String path) {
        return ask(address.resolve(path));
    }

    /** The same, for an answer in another format. */
    public Answer get(String path, String mediaType) {
        return ask(address.resolve(path), mediaType);
    }

    static Answer ask(URI address) {
        return ask(address, "*/*");
    }

    private static Answer ask(URI address, String mediaType) {
        try {
            HttpResponse<String> response = HTTP.send(
                    HttpRequest.newBuilder(address)
                            .header("Accept", mediaType)
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            return new Answer(503, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("Interrupted while asking " + address, e);
        }
    }

    /**
     * What a service answered.
     *
     * @param statusCode HTTP status
     * @param body text of the answer
     */
    public record Answer(int statusCode, String body) {}

    @Override
    public void close() {
        process().close();
    }
}
