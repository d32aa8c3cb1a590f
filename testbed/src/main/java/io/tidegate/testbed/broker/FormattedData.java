package io.tidegate.testbed.broker;

import io.tidegate.testbed.files.ClassArchive;
import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.process.ChildProcess;
import io.tidegate.testbed.process.ProcessSpec;
import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The data folder of a new cluster. Kafka's tool takes a second to write two small files that do not depend on the run,
 * so they are made once and copied.
 */
final class FormattedData {
    private FormattedData() {}

    /** Fills the data folder, as Kafka's formatting tool does with the one that the properties name. */
    static void prepare(Path folder, Path properties, Path data) {
        Path template =
                TestbedHome.cache().resolve("kafka-formatted").resolve(ClassArchive.fingerprint(BrokerCommand.jars()));
        try {
            if (Files.isDirectory(template)) {
                copy(template, data);
            } else {
                format(folder, properties);
                Path copy = template.resolveSibling("new-" + UUID.randomUUID());
                copy(data, copy);
                Files.move(copy, template, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void format(Path folder, Path properties) {
        List<String> command = BrokerCommand.of(
                List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                "kafka.tools.StorageTool",
                "format",
                "-t",
                clusterId(),
                "-c",
                properties.toString());
        try (ChildProcess format = ChildProcess.start(ProcessSpec.disposable("kafka-format", command, folder))) {
            boolean ended = format.waitFor(Duration.ofSeconds(60));
            if (!ended || format.exitCode().orElse(-1) != 0) {
                throw new TestbedException("Kafka's data folder cannot be formatted:\n" + format.lastLines(10));
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    /** Kafka wants 16 bytes in URL-safe base 64. */
    private static String clusterId() {
        UUID id = UUID.randomUUID();
        ByteBuffer bytes =
                ByteBuffer.allocate(16).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
        // The formatting tool takes a leading dash for an option.
        return text.startsWith("-") ? "T" + text.substring(1) : text;
    }
}
