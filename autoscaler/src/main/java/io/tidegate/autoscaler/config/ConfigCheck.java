package io.tidegate.autoscaler.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Stops the start on a value that is not allowed; names its key, the value and what is allowed. */
final class ConfigCheck {

    private static final String ADDRESS = "([^\\s,:/]+|\\[[0-9A-Fa-f:.]+\\]):[0-9]{1,5}";
    private static final String ADDRESSES = ADDRESS + "(,\\s*" + ADDRESS + ")*";
    private static final String NAME = "[A-Za-z0-9._-]{1,200}";
    private static final String TEMPLATE = "https?://[^\\s{}]+(\\{(cluster|namespace|pod|appId)}[^\\s{}]*)*";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private final List<String> problems = new ArrayList<>();

    private ConfigCheck() {}

    /**
     * Checks all values.
     *
     * @throws IllegalArgumentException with one sentence for each value that is not allowed
     */
    static void check(AutoscalerConfig config) {
        ConfigCheck check = new ConfigCheck();
        check.kafka(config);
        check.acting(config);
        check.limits(config);
        check.links(config.links());
        if (!check.problems.isEmpty()) {
            throw new IllegalArgumentException(String.join(" ", check.problems));
        }
    }

    private void kafka(AutoscalerConfig config) {
        matches("cluster", config.cluster(), "[^\\s/]{1,253}", "1 to 253 characters without '/' and spaces");
        config.instanceId()
                .ifPresent(id ->
                        matches("instance-id", id, NAME, "1 to 200 letters, digits, dots, underscores and hyphens"));
        matches("kafka.bootstrap-servers", config.kafka().bootstrapServers(), ADDRESSES, "host:port, comma-separated");
        range("kafka.session-timeout", config.kafka().sessionTimeout(), Duration.ofSeconds(3), FIVE_MINUTES);
        range("topics.partitions", config.topics().partitions(), 1, 1000);
        config.topics()
                .replicationFactor()
                .ifPresent(factor -> range("topics.replication-factor", factor, 1, Short.MAX_VALUE));
    }

    private void acting(AutoscalerConfig config) {
        range("fencing.shrink-margin", config.fencing().shrinkMargin(), Duration.ZERO, FIVE_MINUTES);
        range("fencing.heartbeat-expiry", config.fencing().heartbeatExpiry(), Duration.ofSeconds(2), FIVE_MINUTES);
        range("attempts.timeout", config.attempts().timeout(), Duration.ofMillis(100), Duration.ofSeconds(30));
        range("attempts.quick", config.attempts().quick(), 1, 20);
        range("attempts.first-pause", config.attempts().firstPause(), Duration.ofMillis(10), Duration.ofSeconds(10));
        range("attempts.refused-pause", config.attempts().refusedPause(), Duration.ofMillis(100), FIVE_MINUTES);
        range("attempts.longest-pause", config.attempts().longestPause(), Duration.ofSeconds(1), HOUR);
        range("conflicts.window", config.conflicts().window(), Duration.ofSeconds(1), HOUR);
        range("conflicts.writes", config.conflicts().writes(), 1, 100);
        range("conflicts.stand-back", config.conflicts().standBack(), Duration.ofSeconds(1), Duration.ofHours(24));
    }

    private void limits(AutoscalerConfig config) {
        range("limits.cluster-per-second", config.limits().clusterPerSecond(), 1, 10_000);
        range("limits.cluster-burst", config.limits().clusterBurst(), 1, 100_000);
        range("limits.namespace-per-second", config.limits().namespacePerSecond(), 1, 10_000);
        range("limits.namespace-burst", config.limits().namespaceBurst(), 1, 100_000);
        range("limits.in-flight", config.limits().inFlight(), 1, 1000);
        range("status.per-policy", config.status().perPolicy(), Duration.ofMillis(100), Duration.ofMinutes(10));
        range("status.per-second", config.status().perSecond(), 1, 1000);
    }

    private void links(AutoscalerConfig.Links links) {
        link("links.driver-ui", links.driverUi());
        link("links.history-server", links.historyServer());
        link("links.logs", links.logs());
    }

    private void link(String key, Optional<String> template) {
        template.ifPresent(text -> matches(
                key,
                text,
                TEMPLATE,
                "an http or https address that may name {cluster}, {namespace}, {pod} and {appId}"));
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
