package io.tidegate.testbed.broker;

import io.tidegate.testbed.files.ClassArchive;
import io.tidegate.testbed.process.ChildProcess;
import io.tidegate.testbed.process.FreePorts;
import io.tidegate.testbed.process.ProcessSpec;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.Restartable;
import io.tidegate.testbed.process.TestbedException;
import io.tidegate.testbed.process.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** A broker in a JVM of its own, with a class path of its own, that keeps its data in the folder of the run. */
public final class LocalKafkaBroker implements KafkaBroker {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final Restartable broker;
    private final ServerProperties properties;

    private LocalKafkaBroker(Restartable broker, ServerProperties properties) {
        this.broker = broker;
        this.properties = properties;
    }

    /** Makes a data folder inside the given one, starts the broker and returns when it answers an admin client. */
    public static LocalKafkaBroker start(Path folder, Progress progress) {
        return start(folder, Optional.empty(), progress);
    }

    /** The same, with a second address at which users log in, who may do what ACLs allow them and nothing else. */
    public static LocalKafkaBroker start(Path folder, BrokerLogin login, Progress progress) {
        return start(folder, Optional.of(login), progress);
    }

    private static LocalKafkaBroker start(Path folder, Optional<BrokerLogin> login, Progress progress) {
        ClassArchive archive = new ClassArchive("kafka", BrokerCommand.jars());
        if (archive.isMissing()) {
            progress.during("preparing a fast start of the Kafka broker, once", () -> {
                try {
                    archive.train(option -> train(folder.resolve("training"), option));
                } catch (TestbedException e) {
                    progress.line("the Kafka broker will start slowly: " + e.getMessage());
                }
                return archive;
            });
        }
        return progress.during(
                "starting the Kafka broker",
                () -> start(folder, login, archive.option().map(List::of).orElse(List.of())));
    }

    /** The usual work of a broker: it starts, answers, and ends. */
    private static void train(Path folder, String option) {
        try (LocalKafkaBroker broker = start(folder, Optional.empty(), List.of(option))) {
            broker.broker.process().stop(START_LIMIT);
        }
    }

    private static LocalKafkaBroker start(Path folder, Optional<BrokerLogin> login, List<String> jvmOptions) {
        ServerProperties properties = new ServerProperties(
                FreePorts.next(),
                FreePorts.next(),
                folder.resolve("data"),
                login.map(users -> new UserListener(FreePorts.next(), users)));
        Path file = folder.resolve("server.properties");
        Path logging = folder.resolve("log4j2.xml");
        try (InputStream template = Objects.requireNonNull(
                LocalKafkaBroker.class.getResourceAsStream("log4j2.xml"), "log4j2.xml is not on the class path")) {
            Files.createDirectories(properties.logDirectory());
            Files.writeString(file, properties.text());
            Files.copy(template, logging);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        FormattedData.prepare(folder, file, properties.logDirectory());
        List<String> options =
                new ArrayList<>(List.of("-Xms128m", "-Xmx512m", "-XX:+UseG1GC", "-XX:MaxGCPauseMillis=20"));
        options.add("-Dlog4j2.configurationFile=" + logging);
        // A broker of users was compiled long ago: its compilers step back where it shares few cores with all else (ADR
        // 33).
        options.addAll(List.of("-XX:ThreadPriorityPolicy=1", "-XX:CompilerThreadPriority=5"));
        properties.users().map(UserListener::jvmOptions).ifPresent(options::addAll);
        options.addAll(jvmOptions);
        List<String> command = BrokerCommand.of(options, "kafka.Kafka", file.toString());
        return new LocalKafkaBroker(
                Restartable.start(
                        ProcessSpec.disposable("kafka", command, folder), process -> awaitReady(process, properties)),
                properties);
    }

    private static void awaitReady(ChildProcess process, ServerProperties properties) {
        String failure = "The Kafka broker did not answer (log: " + process.log() + ")";
        Waiting.until(
                () -> {
                    process.requireAlive();
                    return listens(properties.clientPort());
                },
                Duration.ofMillis(20),
                START_LIMIT,
                failure);
        Map<String, Object> configuration = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                properties.bootstrapServers(),
                AdminClientConfig.CLIENT_ID_CONFIG,
                "testbed-" + UUID.randomUUID(),
                AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG,
                20);
        try (Admin admin = Admin.create(configuration)) {
            admin.describeCluster().nodes().get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new TestbedException(failure + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("Interrupted while starting the Kafka broker.", e);
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String bootstrapServers() {
        return properties.bootstrapServers();
    }

    /** Host and port for clients that log in; only of a broker that was started with a login. */
    public String bootstrapServersOfUsers() {
        return properties.users().orElseThrow().bootstrapServers();
    }

    @Override
    public Optional<ChildProcess> process() {
        return Optional.of(broker.process());
    }

    @Override
    public Optional<Restartable> restartable() {
        return Optional.of(broker);
    }

    @Override
    public void close() {
        broker.close();
    }
}
