package io.tidegate.testbed.broker;

import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.process.ChildProcess;
import io.tidegate.testbed.process.ProcessSpec;
import io.tidegate.testbed.process.TestbedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The data folder of a new cluster. */
final class FormattedData {
    private FormattedData() {}

    /** Runs Kafka's own formatting tool on the folder that the properties name. */
    static void prepare(Path folder, Path properties) {
        List<String> command = List.of(
                TestbedHome.java().toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                TestbedHome.brokerLibrary().resolve("*").toString(),
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

    /** Kafka wants 16 bytes in URL-safe base 64. */
    private static String clusterId() {
        UUID id = UUID.randomUUID();
        java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        String text = java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
        // The formatting tool takes a leading dash for an option.
        return text.startsWith("-") ? "T" + text.substring(1) : text;
    }
}
