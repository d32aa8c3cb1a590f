package io.tidegate.autoscaler.testing;

import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.target.Heartbeat;
import io.tidegate.contracts.target.TargetMessage;
import io.tidegate.contracts.topic.DomainPartitions;
import io.tidegate.contracts.topic.TopicCreation;
import io.tidegate.contracts.topic.Topics;
import io.tidegate.contracts.wire.Envelope;
import io.tidegate.contracts.wire.EventCodec;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Writes tidegate.targets as the policy engine does: targets when told to, heartbeats by itself. */
public final class RecordedEngine implements AutoCloseable {

    private final KafkaProducer<String, byte[]> producer;
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(
            work -> Thread.ofPlatform().daemon().name("test-heart").unstarted(work));
    private volatile boolean beating = true;

    public RecordedEngine(String bootstrapServers) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            new TopicCreation(admin, Topics.PARTITIONS, Optional.empty()).ensure();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "zstd"),
                new StringSerializer(),
                new ByteArraySerializer());
        var unused = heart.scheduleAtFixedRate(this::beat, 0, 1, TimeUnit.SECONDS);
    }

    /** Whether heartbeats are written. */
    public void beating(boolean beats) {
        beating = beats;
    }

    /** Writes a message to where it belongs, and waits until the broker has it. */
    public void send(WorkloadId workload, TargetMessage message) {
        byte[] body = EventCodec.body(message);
        send(workload, message.key(), body, headers(message));
    }

    /** Writes anything at all. */
    public void send(WorkloadId workload, @Nullable String key, byte @Nullable [] body, Headers headers) {
        try {
            producer.send(new ProducerRecord<>(
                            Topics.TARGETS, DomainPartitions.of(workload, Topics.PARTITIONS), key, body, headers))
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Headers as the engine writes them. */
    public static RecordHeaders headers(TargetMessage message) {
        Envelope envelope = new Envelope(UUID.randomUUID().toString(), "tidegate/engine/test", Instant.now());
        return new RecordHeaders(
                EventCodec.headers(EventCodec.typeOf(message), envelope).toArray());
    }

    private void beat() {
        if (!beating) {
            return;
        }
        for (int partition = 0; partition < Topics.PARTITIONS; partition++) {
            Heartbeat heartbeat = new Heartbeat(partition, Instant.now());
            var unused = producer.send(new ProducerRecord<>(
                    Topics.TARGETS, partition, heartbeat.key(), EventCodec.body(heartbeat), headers(heartbeat)));
        }
    }

    @Override
    public void close() {
        heart.shutdownNow();
        producer.close();
    }
}
