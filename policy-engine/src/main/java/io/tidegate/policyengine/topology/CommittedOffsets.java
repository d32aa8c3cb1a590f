package io.tidegate.policyengine.topology;

import io.tidegate.contracts.topic.Topics;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * Up to where this process has seen the log of facts committed. What was told of the facts before lies with the broker, since
 * Kafka Streams waits for all that it has sent before it commits; and none of those facts is read again after a crash.
 */
final class CommittedOffsets {

    private final Map<Integer, Long> byPartition = new ConcurrentHashMap<>();

    /** The first offset of a partition that may be read again; 0 as long as nothing is known. */
    long of(int partition) {
        return byPartition.getOrDefault(partition, 0L);
    }

    /** A commit has succeeded. */
    void reached(int partition, long offset) {
        byPartition.put(partition, offset);
    }

    /** Another may have had the partition meanwhile, or somebody has set its offset back. */
    void forget(int partition) {
        byPartition.remove(partition);
    }

    /** Has the consumer of facts tell of its commits. */
    void watch(Properties settings) {
        settings.put(Watch.OFFSETS, this);
        settings.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG), Watch.class.getName());
    }

    /** Made by the consumer, hence public. */
    public static final class Watch implements ConsumerInterceptor<byte[], byte[]> {
        private static final String OFFSETS = "tidegate.committed.offsets";

        private @Nullable CommittedOffsets offsets;

        @Override
        public void configure(Map<String, ?> configs) {
            offsets = (CommittedOffsets) configs.get(OFFSETS);
        }

        @Override
        public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
            return records;
        }

        @Override
        public void onCommit(Map<TopicPartition, OffsetAndMetadata> committed) {
            CommittedOffsets known = offsets;
            if (known != null) {
                committed.forEach((partition, position) -> {
                    if (partition.topic().equals(Topics.FACTS)) {
                        known.reached(partition.partition(), position.offset());
                    }
                });
            }
        }

        @Override
        public void close() {}
    }
}
