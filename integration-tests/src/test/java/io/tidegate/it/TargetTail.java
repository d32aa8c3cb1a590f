package io.tidegate.it;

import io.tidegate.contracts.topic.Topics;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The keys of tidegate.targets that have a target. Used by one thread. */
final class TargetTail implements AutoCloseable {

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Set<String> held = new HashSet<>();

    TargetTail(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new ByteArrayDeserializer());
        partitions = consumer.partitionsFor(Topics.TARGETS).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads to the present end, and says whether a key has a target. */
    boolean holds(String key) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(Duration.ofMillis(100)).forEach(message -> {
                if (message.value() == null) {
                    held.remove(message.key());
                } else {
                    held.add(message.key());
                }
            });
        }
        return held.contains(key);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
