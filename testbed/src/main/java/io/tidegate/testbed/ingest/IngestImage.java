package io.tidegate.testbed.ingest;

import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.process.ChildProcess;
import io.tidegate.testbed.process.ProcessSpec;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.slf4j.Logger;

/**
 * How to run the sample service as a process that starts fast and stays small: a class path of three jars and, once
 * {@link #prepare} has made it, an archive of loaded classes. Measured: ready after 0.3 s and 0.4 s of processor time
 * with the archive, 0.7 to 0.9 s without.
 */
public final class IngestImage {
    /** The image name by which pods ask for it. */
    public static final String NAME = "tidegate.io/testbed/ingest";

    private static final int FIRST_RELEASE_WITH_AOT_CACHE = 25;
    private static final int KEPT_ARCHIVES = 3;
    private static final Duration TRAINING_LIMIT = Duration.ofSeconds(90);

    private final Path archive;

    /** @param cache folder that keeps the archive between runs */
    public IngestImage(Path cache) {
        this.archive = cache.resolve("ingest").resolve(fingerprint() + (hasAotCache() ? ".aot" : ".jsa"));
    }

    /** The command line that runs the service; its settings are environment variables. */
    public List<String> command() {
        List<String> command = base();
        if (Files.isRegularFile(archive)) {
            command.add((hasAotCache() ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + archive);
        }
        command.addAll(program());
        return List.copyOf(command);
    }

    /** Makes the archive, unless it is there, by a training run against the broker; a failure only costs speed. */
    public void prepare(String bootstrapServers, Path folder, Progress progress) {
        if (Files.isRegularFile(archive) || classPath().stream().anyMatch(Files::isDirectory)) {
            return;
        }
        progress.during("preparing a fast start of the sample service, once", () -> {
            try (TrainingTopic topic = TrainingTopic.create(bootstrapServers)) {
                train(topic, folder);
                return archive;
            } catch (IOException | TestbedException e) {
                progress.line("the sample service will start slowly: " + e.getMessage());
                return archive;
            }
        });
    }

    private void train(TrainingTopic topic, Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.createDirectories(archive.getParent());
        Path output = Files.createTempFile(archive.getParent(), "training-", "");
        Files.delete(output);
        List<String> command = base();
        command.add((hasAotCache() ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + output);
        command.addAll(program());
        ProcessSpec spec = ProcessSpec.disposable("ingest-training", command, folder)
                .withEnvironment(Map.of(
                        "BOOTSTRAP_SERVERS", topic.bootstrapServers(),
                        "TOPIC", topic.name(),
                        "GROUP", topic.name(),
                        "RECORDS_PER_SECOND", "1000"));
        try (ChildProcess process = ChildProcess.start(spec)) {
            topic.awaitConsumed(process, TRAINING_LIMIT);
            // The archive is written while the JVM ends.
            process.stop(TRAINING_LIMIT);
            if (!Files.isRegularFile(output)) {
                throw new TestbedException("the JVM wrote no archive:\n" + process.lastLines(5));
            }
        }
        Files.move(output, archive, StandardCopyOption.ATOMIC_MOVE);
        removeOldArchives();
    }

    /** Each build of the jars leaves one of 33 MB behind; processes that use a removed one keep it until they end. */
    private void removeOldArchives() throws IOException {
        try (Stream<Path> files = Files.list(archive.getParent())) {
            List<Path> newestFirst = files.sorted(Comparator.comparingLong(
                                    (Path file) -> file.toFile().lastModified())
                            .reversed())
                    .toList();
            for (Path old : newestFirst.subList(Math.min(KEPT_ARCHIVES, newestFirst.size()), newestFirst.size())) {
                Files.deleteIfExists(old);
            }
        }
    }

    private static List<String> base() {
        return new ArrayList<>(List.of(
                TestbedHome.java().toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xms16m",
                "-Xmx64m",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "-Dslf4j.internal.verbosity=ERROR"));
    }

    private static List<String> program() {
        return List.of(
                "-cp",
                classPath().stream().map(Path::toString).collect(Collectors.joining(":")),
                IngestService.class.getName());
    }

    /** Ours, the Kafka client and its logging interface, with nothing behind it. */
    private static List<Path> classPath() {
        return List.of(
                TestbedHome.location(IngestService.class),
                TestbedHome.location(KafkaConsumer.class),
                TestbedHome.location(Logger.class));
    }

    private static boolean hasAotCache() {
        return Runtime.version().feature() >= FIRST_RELEASE_WITH_AOT_CACHE;
    }

    /** An archive fits one JVM and one set of jars only. */
    private static String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((Runtime.version() + System.getProperty("java.home")).getBytes(StandardCharsets.UTF_8));
            for (Path jar : classPath()) {
                String stamp = jar + "/" + Files.size(jar) + "/" + Files.getLastModifiedTime(jar);
                digest.update(stamp.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
