package io.tidegate.testbed.ingest;

import io.tidegate.testbed.files.ClassArchive;
import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.process.ChildProcess;
import io.tidegate.testbed.process.ProcessSpec;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.slf4j.Logger;

/**
 * How to run the sample service as a process that starts fast and stays small: a class path of three jars and, once
 * {@link #prepare} has made it, an archive of its classes. Measured: it holds its partitions 0.3 s after its start with
 * the archive, and 0.7 to 0.9 s without.
 */
public final class IngestImage {
    /** The image name by which pods ask for it. */
    public static final String NAME = "tidegate.io/testbed/ingest";

    private static final Duration TRAINING_LIMIT = Duration.ofSeconds(90);

    private final ClassArchive archive = new ClassArchive("ingest", classPath());

    /** The command line that runs the service; its settings are environment variables. */
    public List<String> command() {
        List<String> command = base();
        archive.option().ifPresent(command::add);
        command.addAll(program());
        return List.copyOf(command);
    }

    /** Makes its start fast by a training run against the broker, if that was not done; a failure only costs speed. */
    public void prepare(String bootstrapServers, Path folder, Progress progress) {
        if (!archive.isMissing()) {
            return;
        }
        progress.during("preparing a fast start of the sample service, once", () -> {
            try (TrainingTopic topic = TrainingTopic.create(bootstrapServers)) {
                archive.train(option -> train(topic, folder, option));
            } catch (TestbedException e) {
                progress.line("the sample service will start slowly: " + e.getMessage());
            }
            return archive;
        });
    }

    private static void train(TrainingTopic topic, Path folder, String option) {
        List<String> command = base();
        command.add(option);
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
}
