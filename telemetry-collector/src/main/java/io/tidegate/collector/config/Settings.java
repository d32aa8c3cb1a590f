package io.tidegate.collector.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/** Checks the configuration, and fills in what depends on the machine. */
public final class Settings {

    private Settings() {}

    /**
     * Stops the start on a bad value.
     *
     * @throws IllegalArgumentException naming key, value and what is allowed
     */
    public static void check(CollectorConfig config) {
        between("tidegate.lag.period", config.lag().period(), Duration.ofMillis(20), Duration.ofMinutes(1));
        between("tidegate.lag.quiet-after", config.lag().quietAfter(), Duration.ofMillis(100), Duration.ofMinutes(10));
        between("tidegate.lag.heartbeat", config.lag().heartbeat(), Duration.ofSeconds(1), Duration.ofMinutes(10));
        between("tidegate.lag.slow-check", config.lag().slowCheck(), Duration.ofMillis(200), Duration.ofMinutes(10));
        between("tidegate.lag.fetch-wait", config.lag().fetchWait(), Duration.ofMillis(100), Duration.ofSeconds(30));
        between("tidegate.usage.period", config.usage().period(), Duration.ofSeconds(1), Duration.ofMinutes(10));
        between(
                "tidegate.prometheus.period",
                config.prometheus().period(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30));
        between(
                "tidegate.prometheus.timeout",
                config.prometheus().timeout(),
                Duration.ofMillis(100),
                Duration.ofSeconds(30));
        between(
                "tidegate.spark.poll-period",
                config.spark().pollPeriod(),
                Duration.ofSeconds(1),
                Duration.ofMinutes(10));
        between("tidegate.keyframe-interval", config.keyframeInterval(), Duration.ofSeconds(10), Duration.ofHours(24));
        between("tidegate.tick-interval", config.tickInterval(), Duration.ofMillis(100), Duration.ofMinutes(1));
        if (config.cluster().isBlank() || config.cluster().contains("/")) {
            throw new IllegalArgumentException(
                    "tidegate.cluster is '" + config.cluster() + "'; it must not be empty nor contain '/'");
        }
        if (config.spark().audience().isBlank()) {
            throw new IllegalArgumentException("tidegate.spark.audience is blank; it must be the audience of tokens");
        }
        if (config.topics().partitions() < 1) {
            throw new IllegalArgumentException(
                    "tidegate.topics.partitions is " + config.topics().partitions() + "; it must be at least 1");
        }
    }

    /** What every client of Tidegate's own Kafka is given, before its own settings. */
    public static Map<String, Object> clients(CollectorConfig config) {
        Map<String, Object> settings = new HashMap<>(config.kafka().properties());
        settings.put(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
        return settings;
    }

    /** The configured name of this instance, or the host's. */
    public static String instance(CollectorConfig config) {
        return config.instanceId().orElseGet(() -> {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(
                        "tidegate.instance-id is not set, and the host has no name; set it to a name unique among collectors",
                        e);
            }
        });
    }

    private static void between(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(key + " is " + value + "; it must be " + least + " to " + most);
        }
    }
}
