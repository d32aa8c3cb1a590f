package io.tidegate.policyengine.lifecycle;

import io.tidegate.policyengine.EngineConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Stops the start on a value that is not allowed; names its key, the value and what is. */
final class ConfigCheck {

    private static final String ADDRESS = "[^\\s,:/]+:[0-9]{1,5}";
    private static final String ADDRESSES = ADDRESS + "(,\\s*" + ADDRESS + ")*";
    private static final String URL = "https?://[A-Za-z0-9._-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?";
    private static final String NAME = "[A-Za-z0-9._-]{1,200}";

    private final List<String> problems = new ArrayList<>();

    private ConfigCheck() {}

    /** @throws IllegalArgumentException with one sentence per value that is not allowed */
    static void check(EngineConfig config) {
        ConfigCheck check = new ConfigCheck();
        check.matches(
                "kafka.bootstrap-servers", config.kafka().bootstrapServers(), ADDRESSES, "host:port, comma-separated");
        check.range("topics.partitions", config.topics().partitions(), 1, 1000);
        config.topics()
                .replicationFactor()
                .ifPresent(factor -> check.range("topics.replication-factor", factor, 1, Short.MAX_VALUE));
        config.variant()
                .ifPresent(variant -> check.matches(
                        "variant", variant, "[a-z0-9-]{1,40}", "1 to 40 lower-case letters, digits, hyphens"));
        if (config.shadow() && config.variant().isEmpty()) {
            check.problem("shadow", "true", "true only with tidegate.variant");
        }
        config.instanceId()
                .ifPresent(id ->
                        check.matches("instance-id", id, NAME, "1 to 200 letters, digits, dots, underscores, hyphens"));
        config.advertisedAddress()
                .ifPresent(address -> check.matches("advertised-address", address, ADDRESS, "host:port"));
        config.traces()
                .endpoint()
                .ifPresent(
                        endpoint -> check.matches("traces.endpoint", endpoint, URL, "http:// or https://, and a host"));
        check.range("standby-replicas", config.standbyReplicas(), 0, 3);
        check.range("stream-threads", config.streamThreads(), 1, 64);
        check.range("catch-up-after", config.catchUpAfter(), Duration.ofSeconds(1), Duration.ofHours(1));
        check.range("commit-interval", config.commitInterval(), Duration.ofMillis(20), Duration.ofSeconds(30));
        check.range("rebuild-span", config.rebuildSpan(), Duration.ofMinutes(1), Duration.ofDays(8));
        check.range("metrics.workloads", config.metrics().workloads(), 0, 100_000);
        check.range("shutdown-timeout", config.shutdownTimeout(), Duration.ofSeconds(1), Duration.ofMinutes(5));
        if (!check.problems.isEmpty()) {
            throw new IllegalArgumentException(String.join(" ", check.problems));
        }
    }

    private void matches(String key, String value, String pattern, String allowed) {
        if (!value.matches(pattern)) {
            problem(key, value, allowed);
        }
    }

    private void range(String key, int value, int least, int most) {
        if (value < least || value > most) {
            problem(key, String.valueOf(value), least + " to " + most);
        }
    }

    private void range(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            problem(key, value.toString(), least + " to " + most);
        }
    }

    private void problem(String key, String value, String allowed) {
        problems.add("tidegate." + key + " is '" + value + "'; allowed is " + allowed + ".");
    }
}
