package io.tidegate.collector.lag;

import java.util.List;

/**
 * What is asked of a Kafka cluster for one signal.
 *
 * @param group consumer group
 * @param topics topics that the group consumes
 */
public record OffsetQuery(String group, List<String> topics) {
    public OffsetQuery {
        topics = topics.stream().distinct().sorted().toList();
    }
}
