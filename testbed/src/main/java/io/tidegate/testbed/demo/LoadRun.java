package io.tidegate.testbed.demo;

import io.tidegate.testbed.process.TestbedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends a load on its schedule, whether or not anyone keeps up with it, spread evenly over the partitions. */
final class LoadRun implements AutoCloseable {

    private static final Duration SLOT = Duration.ofMillis(20);
    private static final byte[] PAYLOAD = new byte[200];

    private final DemoLoad load;
    private final String topic;
    private final int partitions;
    private final WaitTracker waits;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final long[] arrivals;
    private final long startNanos = System.nanoTime();
    private final Instant startedAt = Instant.now();
    private final Thread thread;
    private volatile boolean closed;

    LoadRun(String bootstrapServers, String topic, int partitions, DemoLoad load, WaitTracker waits) {
        this.load = load;
        this.topic = topic;
        this.partitions = partitions;
        this.waits = waits;
        this.arrivals = new long[load.seconds() + 1];
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", "5"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.thread = Thread.ofPlatform().daemon().name("demo-load").start(this::send);
    }

    Instant startedAt() {
        return startedAt;
    }

    /** Whether all of the load was sent and acknowledged. */
    boolean finished() {
        return !thread.isAlive();
    }

    /** Records acknowledged so far. */
    long acknowledged() {
        return acknowledged.get();
    }

    /** Records appended in each second of the load so far. */
    synchronized long[] arrivals() {
        return arrivals.clone();
    }

    /** Fails if a record was not acknowledged. */
    void requireHealthy() {
        Exception failed = failure.get();
        if (failed != null) {
            throw new TestbedException("A record of the load was not acknowledged: " + failed.getMessage(), failed);
        }
    }

    private void send() {
        long sent = 0;
        double elapsed = 0;
        while (!closed && elapsed < load.seconds()) {
            elapsed = (System.nanoTime() - startNanos) / 1e9;
            long due = Math.round(load.arrivedBy(elapsed));
            for (; sent < due; sent++) {
                var unused = producer.send(
                        new ProducerRecord<>(topic, (int) (sent % partitions), null, PAYLOAD), this::acknowledged);
            }
            LockSupport.parkNanos(SLOT.toNanos());
        }
        producer.flush();
    }

    private void acknowledged(RecordMetadata metadata, @Nullable Exception e) {
        if (e != null) {
            failure.compareAndSet(null, e);
            return;
        }
        waits.appended(metadata.partition(), metadata.offset(), metadata.timestamp());
        acknowledged.incrementAndGet();
        long second = (metadata.timestamp() - startedAt.toEpochMilli()) / 1000;
        synchronized (this) {
            arrivals[Math.clamp(second, 0, arrivals.length - 1)]++;
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofSeconds(5));
    }
}
