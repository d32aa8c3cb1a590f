package io.tidegate.bench.latency;

import io.tidegate.testbed.process.TestbedException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Makes lag at the broker: records without a consumer, and commits without one. */
final class Lag implements AutoCloseable {

    private static final byte[] PAYLOAD = new byte[200];

    private final KafkaProducer<byte[], byte[]> producer;
    private final Admin admin;
    private final Map<TopicPartition, Long> ends = new HashMap<>();

    Lag(KafkaProducer<byte[], byte[]> producer, Admin admin) {
        this.producer = producer;
        this.admin = admin;
    }

    /** Produces records, spread evenly; returns when the last one was acknowledged. */
    synchronized Instant produce(Workload workload, int records) {
        AtomicReference<Instant> lastAck = new AtomicReference<>(Instant.EPOCH);
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        for (int i = 0; i < records; i++) {
            int partition = i % Fleet.PARTITIONS;
            var unused =
                    producer.send(new ProducerRecord<>(workload.name(), partition, null, PAYLOAD), (metadata, e) -> {
                        Instant now = Instant.now();
                        lastAck.accumulateAndGet(now, (a, b) -> a.isAfter(b) ? a : b);
                        if (e != null) {
                            failure.set(e);
                        }
                    });
            ends.merge(new TopicPartition(workload.name(), partition), 1L, Long::sum);
        }
        producer.flush();
        Exception failed = failure.get();
        if (failed != null) {
            throw new TestbedException("A record of " + workload.name() + " was not acknowledged.", failed);
        }
        return lastAck.get();
    }

    /** Commits all but {@code left} records; returns when the commit was acknowledged. */
    synchronized Instant commitAllBut(Workload workload, int left) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (int partition = 0; partition < Fleet.PARTITIONS; partition++) {
            TopicPartition key = new TopicPartition(workload.name(), partition);
            long behind = partition < left ? 1 : 0;
            offsets.put(key, new OffsetAndMetadata(Math.max(0, ends.getOrDefault(key, 0L) - behind)));
        }
        try {
            admin.alterConsumerGroupOffsets(workload.name(), offsets).all().get();
        } catch (ExecutionException e) {
            throw new TestbedException("The group " + workload.name() + " could not commit: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("Interrupted while committing.", e);
        }
        return Instant.now();
    }

    @Override
    public void close() {
        producer.close();
    }
}
