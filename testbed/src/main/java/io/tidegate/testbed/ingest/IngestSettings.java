package io.tidegate.testbed.ingest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What the service is told by environment variables.
 *
 * @param bootstrapServers BOOTSTRAP_SERVERS
 * @param topic TOPIC
 * @param group GROUP
 * @param recordsPerSecond RECORDS_PER_SECOND, the capacity of one replica; 0.1 to 1,000,000
 * @param commitInterval COMMIT_INTERVAL_MS, 500 by default; 1 to 60,000
 * @param protocol GROUP_PROTOCOL, consumer (default; classic is taken if the broker knows no other) or classic
 * @param clientId POD_NAME, or HOSTNAME, else "ingest"
 * @param readyFile READY_FILE, made when the service holds partitions, or has found that none are left for it
 */
record IngestSettings(
        String bootstrapServers,
        String topic,
        String group,
        double recordsPerSecond,
        Duration commitInterval,
        Protocol protocol,
        String clientId,
        Optional<Path> readyFile) {

    enum Protocol {
        CONSUMER,
        CLASSIC
    }

    static IngestSettings from(Map<String, String> environment) {
        return new IngestSettings(
                required(environment, "BOOTSTRAP_SERVERS"),
                required(environment, "TOPIC"),
                required(environment, "GROUP"),
                number(environment, "RECORDS_PER_SECOND", required(environment, "RECORDS_PER_SECOND"), 0.1, 1_000_000),
                Duration.ofMillis((long) number(
                        environment,
                        "COMMIT_INTERVAL_MS",
                        environment.getOrDefault("COMMIT_INTERVAL_MS", "500"),
                        1,
                        60_000)),
                protocol(environment.getOrDefault("GROUP_PROTOCOL", "consumer")),
                environment.getOrDefault("POD_NAME", environment.getOrDefault("HOSTNAME", "ingest")),
                Optional.ofNullable(environment.get("READY_FILE"))
                        .filter(path -> !path.isBlank())
                        .map(Path::of));
    }

    IngestSettings withClassicProtocol() {
        return new IngestSettings(
                bootstrapServers,
                topic,
                group,
                recordsPerSecond,
                commitInterval,
                Protocol.CLASSIC,
                clientId,
                readyFile);
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + " is not set");
        }
        return value;
    }

    private static double number(
            Map<String, String> environment, String name, String text, double smallest, double largest) {
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is " + environment.get(name) + ", which is not a number", e);
        }
        if (!(value >= smallest && value <= largest)) {
            throw new IllegalArgumentException(
                    "%s is %s; %.1f to %.0f is allowed".formatted(name, text, smallest, largest));
        }
        return value;
    }

    private static Protocol protocol(String text) {
        return switch (text) {
            case "consumer" -> Protocol.CONSUMER;
            case "classic" -> Protocol.CLASSIC;
            default ->
                throw new IllegalArgumentException("GROUP_PROTOCOL is " + text + "; consumer and classic are allowed");
        };
    }
}
