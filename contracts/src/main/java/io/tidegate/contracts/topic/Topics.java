package io.tidegate.contracts.topic;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;

/** Names and settings of the topics that the services meet on. */
public final class Topics {

    /** The engine's only input: policies, workloads, samples, ticks and outcomes in one order. */
    public static final String FACTS = "tidegate.facts";
    /** Every decision, and why. */
    public static final String DECISIONS = "tidegate.decisions";
    /** What must be now, one record a workload, and heartbeats. */
    public static final String TARGETS = "tidegate.targets";
    /** View for subscribers: the policies there are. */
    public static final String POLICIES = "tidegate.policies";
    /** View for subscribers: the workloads there are; its partitions are the collector's shards. */
    public static final String WORKLOADS = "tidegate.workloads";

    /** Partitions of every topic, fixed at creation. */
    public static final int PARTITIONS = 12;

    private static final Duration FACTS_RETENTION = Duration.ofDays(8);
    private static final Duration DECISIONS_RETENTION = Duration.ofDays(30);
    private static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(30);

    private Topics() {}

    /** Topic of records that consumers of {@code topic} could not read. */
    public static String deadLetter(String topic) {
        return topic + ".dlq";
    }

    /** Topic that an engine which decides for show only writes in place of {@code topic}. */
    public static String shadow(String topic, String variant) {
        return topic + "." + variant;
    }

    /** The topics that such an engine writes. */
    public static List<TopicSettings> shadows(String variant) {
        Set<String> written = Set.of(DECISIONS, TARGETS, deadLetter(FACTS));
        return all().stream()
                .filter(topic -> written.contains(topic.name()))
                .map(topic -> new TopicSettings(shadow(topic.name(), variant), topic.configs()))
                .toList();
    }

    /** All topics with their settings. */
    public static List<TopicSettings> all() {
        return List.of(
                new TopicSettings(
                        FACTS,
                        Map.of(
                                TopicConfig.CLEANUP_POLICY_CONFIG,
                                TopicConfig.CLEANUP_POLICY_DELETE,
                                TopicConfig.RETENTION_MS_CONFIG,
                                String.valueOf(FACTS_RETENTION.toMillis()),
                                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                                "LogAppendTime")),
                log(DECISIONS, DECISIONS_RETENTION),
                compacted(TARGETS),
                compacted(POLICIES),
                compacted(WORKLOADS),
                log(deadLetter(FACTS), DEAD_LETTER_RETENTION),
                log(deadLetter(TARGETS), DEAD_LETTER_RETENTION));
    }

    private static TopicSettings log(String name, Duration retention) {
        return new TopicSettings(
                name,
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG,
                        String.valueOf(retention.toMillis())));
    }

    private static TopicSettings compacted(String name) {
        return new TopicSettings(name, Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
    }

    /**
     * One topic.
     *
     * @param name name without prefix
     * @param configs broker settings of the topic
     */
    public record TopicSettings(String name, Map<String, String> configs) {
        public TopicSettings {
            configs = Map.copyOf(configs);
        }
    }
}
