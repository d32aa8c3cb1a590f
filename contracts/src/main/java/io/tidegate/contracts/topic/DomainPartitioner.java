package io.tidegate.contracts.topic;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.jspecify.annotations.Nullable;

/** {@link DomainPartitions} as a producer's {@code partitioner.class}. */
public final class DomainPartitioner implements Partitioner {

    @Override
    public int partition(
            String topic,
            @Nullable Object key,
            byte @Nullable [] keyBytes,
            @Nullable Object value,
            byte @Nullable [] valueBytes,
            Cluster cluster) {
        if (keyBytes == null) {
            throw new IllegalArgumentException("a record of " + topic + " needs a key");
        }
        return DomainPartitions.of(
                new String(keyBytes, StandardCharsets.UTF_8),
                cluster.partitionsForTopic(topic).size());
    }

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public void close() {}
}
