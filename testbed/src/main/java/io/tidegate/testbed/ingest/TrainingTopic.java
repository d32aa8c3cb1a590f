package io.tidegate.testbed.ingest;

import io.tidegate.testbed.process.ChildProcess;
import io.tidegate.testbed.process.TestbedException;
import io.tidegate.testbed.process.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic with a few records for a training run; gone afterwards. */
record TrainingTopic(Admin admin, String bootstrapServers, String name) implements AutoCloseable {
    private static final int RECORDS = 500;

    static TrainingTopic create(String bootstrapServers) {
        Map<String, Object> server = Map.of("bootstrap.servers", bootstrapServers);
        TrainingTopic topic =
                new TrainingTopic(Admin.create(server), bootstrapServers, "testbed-training-" + UUID.randomUUID());
        get(topic.admin
                .createTopics(List.of(new NewTopic(topic.name, Optional.of(1), Optional.empty())))
                .all());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(server, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < RECORDS; i++) {
                var unused = producer.send(new ProducerRecord<>(topic.name, new byte[100]));
            }
        }
        return topic;
    }

    void awaitConsumed(ChildProcess process, Duration limit) {
        TopicPartition partition = new TopicPartition(name, 0);
        Waiting.until(
                () -> {
                    process.requireAlive();
                    OffsetAndMetadata committed = get(admin.listConsumerGroupOffsets(name)
                                    .partitionsToOffsetAndMetadata())
                            .get(partition);
                    return committed != null && committed.offset() == RECORDS;
                },
                Duration.ofMillis(100),
                limit,
                "The training run did not consume its records");
    }

    @Override
    public void close() {
        get(admin.deleteTopics(List.of(name)).all());
        admin.close();
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new TestbedException("The broker does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("Interrupted.", e);
        }
    }
}
