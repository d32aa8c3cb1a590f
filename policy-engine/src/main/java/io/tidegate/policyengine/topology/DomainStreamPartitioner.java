package io.tidegate.policyengine.topology;

import io.tidegate.contracts.topic.DomainPartitions;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.jspecify.annotations.Nullable;

/** {@link DomainPartitions} for Kafka Streams: each record lies where the facts that led to it lie. */
final class DomainStreamPartitioner implements StreamPartitioner<String, Object> {

    @Override
    public Optional<Set<Integer>> partitions(
            String topic, @Nullable String key, @Nullable Object value, int numPartitions) {
        return Optional.of(Set.of(key == null ? 0 : DomainPartitions.of(key, numPartitions)));
    }
}
