package io.tidegate.policyengine.topology;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.jspecify.annotations.Nullable;

/** Places targets by their domain, and a heartbeat in the partition that it speaks of. */
final class TargetPartitioner implements StreamPartitioner<String, Object> {

    private static final String HEARTBEAT = "heartbeat/";

    private final DomainStreamPartitioner byDomain = new DomainStreamPartitioner();

    @Override
    public Optional<Set<Integer>> partitions(
            String topic, @Nullable String key, @Nullable Object value, int numPartitions) {
        return key != null && key.startsWith(HEARTBEAT)
                ? Optional.of(Set.of(Integer.parseInt(key.substring(HEARTBEAT.length()))))
                : byDomain.partitions(topic, key, value, numPartitions);
    }
}
