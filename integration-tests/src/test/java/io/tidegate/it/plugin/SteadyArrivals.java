package io.tidegate.it.plugin;

import io.tidegate.contracts.topic.TopicCreation;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A topic into which records come at a rate that can be changed, evenly over its partitions. */
final class SteadyArrivals implements AutoCloseable {
    private static final long SLOT_NANOS = 20_000_000;
    private static final byte[] PAYLOAD = new byte[50];

    private final String topic;
    private final int partitions;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Thread thread;
    private volatile double perSecond;
    private volatile boolean closed;

    SteadyArrivals(String bootstrapServers, String topic, int partitions)
            throws ExecutionException, InterruptedException {
        this.topic = topic;
        this.partitions = partitions;
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        admin.createTopics(Set.of(new NewTopic(topic, Optional.of(partitions), Optional.empty())))
                .all()
                .get();
        TopicCreation.awaitServed(admin, Map.of(topic, partitions));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        thread = Thread.ofPlatform().daemon().name("arrivals").start(this::send);
    }

    String topic() {
        return topic;
    }

    /** From then on, so many records come each second. */
    void rate(double recordsPerSecond) {
        perSecond = recordsPerSecond;
    }

    private void send() {
        long last = System.nanoTime();
        double due = 0;
        long sent = 0;
        while (!closed) {
            LockSupport.parkNanos(SLOT_NANOS);
            long now = System.nanoTime();
            due += perSecond * (now - last) / 1e9;
            last = now;
            for (; sent < (long) due; sent++) {
                var unused = producer.send(
                        new ProducerRecord<>(topic, (int) (sent % partitions), null, PAYLOAD), (metadata, error) -> {
                            if (error == null) {
                                acknowledged.incrementAndGet();
                            } else {
                                failure.compareAndSet(null, error);
                            }
                        });
            }
        }
    }

    /** Ends the arrivals, and gives the number of records that the broker has. */
    long end() throws InterruptedException {
        closed = true;
        thread.join();
        producer.flush();
        if (failure.get() != null) {
            throw new IllegalStateException("a record was not acknowledged", failure.get());
        }
        return acknowledged.get();
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close();
        var unused = admin.deleteTopics(Set.of(topic));
        admin.close();
    }
}
