package io.tidegate.replay;

import io.tidegate.contracts.topic.Topics;
import io.tidegate.testbed.process.TestbedException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far the engine is in the log of facts. */
final class EnginePosition {

    /** Of the engine that has no variant. */
    static final String GROUP = "tidegate-engine";

    private EnginePosition() {}

    /** Whether the engine has committed all facts before these offsets. */
    static boolean hasRead(Admin admin, String prefix, Map<TopicPartition, Long> ends) throws InterruptedException {
        return read(admin, prefix, ends)
                == ends.values().stream().mapToLong(end -> end).sum();
    }

    /** For each partition the offset before which two engines have committed all facts; those that both have. */
    static Map<Integer, Long> both(Admin admin, String one, String other) throws InterruptedException {
        try {
            Map<TopicPartition, OffsetAndMetadata> first = admin.listConsumerGroupOffsets(one)
                    .partitionsToOffsetAndMetadata()
                    .get();
            Map<TopicPartition, OffsetAndMetadata> second = admin.listConsumerGroupOffsets(other)
                    .partitionsToOffsetAndMetadata()
                    .get();
            Map<Integer, Long> both = new HashMap<>();
            first.forEach((partition, position) -> {
                OffsetAndMetadata its = second.get(partition);
                if (its != null && partition.topic().equals(Topics.FACTS)) {
                    both.put(partition.partition(), Math.min(position.offset(), its.offset()));
                }
            });
            return both;
        } catch (ExecutionException e) {
            throw new TestbedException("The engines' positions can't be read: " + e.getMessage(), e);
        }
    }

    /** Facts before these offsets that the engine has committed. */
    static long read(Admin admin, String prefix, Map<TopicPartition, Long> ends) throws InterruptedException {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(prefix + GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get();
            return ends.entrySet().stream()
                    .mapToLong(end -> {
                        OffsetAndMetadata position = committed.get(end.getKey());
                        return position == null ? 0 : Math.min(position.offset(), end.getValue());
                    })
                    .sum();
        } catch (ExecutionException e) {
            throw new TestbedException("The engine's position can't be read: " + e.getMessage(), e);
        }
    }
}
