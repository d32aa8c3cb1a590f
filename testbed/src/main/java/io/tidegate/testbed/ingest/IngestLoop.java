package io.tidegate.testbed.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Polls, works on each record for its time, commits what is done. All in one thread, but for {@link #stop}. */
final class IngestLoop implements ConsumerRebalanceListener, AutoCloseable {
    private static final Duration IDLE_POLL = Duration.ofMillis(500);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    /** A poll's records take about this long, so that the loop sees rebalances and its end soon. */
    private static final double SECONDS_PER_POLL = 0.05;

    /** Waits shorter than this are saved up, since each wake-up costs processor time that other replicas need. */
    private static final long SHORTEST_WAIT_NANOS = 20_000_000;

    private static final long LEFT_OUT_AFTER_NANOS = Duration.ofSeconds(3).toNanos();

    private final IngestSettings settings;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Pace pace;
    private final Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
    private long committedAt = System.nanoTime();
    private boolean ready;
    private long joinedAt = Long.MAX_VALUE;
    private volatile boolean stopping;

    IngestLoop(IngestSettings settings) {
        this.settings = settings;
        this.pace = new Pace(settings.recordsPerSecond(), System.nanoTime());
        this.consumer =
                new KafkaConsumer<>(configuration(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    void run() {
        consumer.subscribe(List.of(settings.topic()), this);
        try {
            while (!stopping) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(untilNextCommit());
                if (records.isEmpty()) {
                    pace.idle(System.nanoTime());
                }
                for (ConsumerRecord<byte[], byte[]> consumed : records) {
                    work(consumed);
                }
                commitWhenDue();
                standByWhenLeftOut();
            }
        } catch (WakeupException e) {
            if (!stopping) {
                throw e;
            }
        }
    }

    /** Ends {@link #run} after the records at hand; from any thread. */
    void stop() {
        stopping = true;
        consumer.wakeup();
    }

    private void work(ConsumerRecord<byte[], byte[]> consumed) {
        if (stopping) {
            return;
        }
        long finish = pace.finishNext(System.nanoTime());
        for (long wait = finish - System.nanoTime();
                wait > SHORTEST_WAIT_NANOS && !stopping;
                wait = finish - System.nanoTime()) {
            LockSupport.parkNanos(wait);
            commitWhenDue();
        }
        if (!stopping) {
            done.put(
                    new TopicPartition(consumed.topic(), consumed.partition()),
                    new OffsetAndMetadata(consumed.offset() + 1));
        }
    }

    private Duration untilNextCommit() {
        if (done.isEmpty()) {
            return IDLE_POLL;
        }
        Duration left = settings.commitInterval().minusNanos(System.nanoTime() - committedAt);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private void commitWhenDue() {
        long now = System.nanoTime();
        if (!done.isEmpty() && now - committedAt >= settings.commitInterval().toNanos()) {
            // One after the other on one connection, so a later commit is never overtaken by an earlier one.
            consumer.commitAsync(Map.copyOf(done), (offsets, failure) -> {
                if (failure != null) {
                    System.err.println("ingest: a commit failed: " + failure);
                }
            });
            done.clear();
            committedAt = now;
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        System.out.println("ingest: assigned " + partitions);
        if (!partitions.isEmpty()) {
            becomeReady();
        } else if (joinedAt == Long.MAX_VALUE) {
            joinedAt = System.nanoTime();
        }
    }

    /** A member that is left without partitions stands by, which is all it can do. */
    private void standByWhenLeftOut() {
        if (joinedAt != Long.MAX_VALUE && System.nanoTime() - joinedAt > LEFT_OUT_AFTER_NANOS) {
            becomeReady();
        }
    }

    private void becomeReady() {
        if (!ready) {
            ready = true;
            settings.readyFile().ifPresent(IngestLoop::touch);
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        System.out.println("ingest: revoked " + partitions);
        Map<TopicPartition, OffsetAndMetadata> revoked = new HashMap<>(done);
        revoked.keySet().retainAll(partitions);
        if (!revoked.isEmpty()) {
            consumer.commitSync(revoked, CLOSE_LIMIT);
            done.keySet().removeAll(partitions);
        }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        System.out.println("ingest: lost " + partitions);
        done.keySet().removeAll(partitions);
    }

    @Override
    public void close() {
        try {
            if (!done.isEmpty()) {
                consumer.commitSync(Map.copyOf(done), CLOSE_LIMIT);
                done.clear();
            }
        } catch (WakeupException e) {
            // The request to stop came between run and here.
            consumer.commitSync(Map.copyOf(done), CLOSE_LIMIT);
        } catch (KafkaException e) {
            System.err.println("ingest: the last commit failed: " + e);
        } finally {
            consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(CLOSE_LIMIT));
        }
    }

    private static void touch(Path file) {
        try {
            Files.writeString(file, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> configuration(IngestSettings settings) {
        Map<String, Object> configuration = new HashMap<>();
        configuration.put("bootstrap.servers", settings.bootstrapServers());
        configuration.put("group.id", settings.group());
        configuration.put("client.id", settings.clientId());
        configuration.put("auto.offset.reset", "earliest");
        configuration.put("enable.auto.commit", false);
        int pollRecords = (int) Math.clamp(settings.recordsPerSecond() * SECONDS_PER_POLL, 1, 500);
        configuration.put("max.poll.records", pollRecords);
        configuration.put("allow.auto.create.topics", false);
        // What a small client does not need costs it start-up time.
        configuration.put("metric.reporters", "");
        configuration.put("enable.metrics.push", false);
        configuration.put("reconnect.backoff.ms", 20);
        switch (settings.protocol()) {
            case CONSUMER -> configuration.put("group.protocol", "consumer");
            case CLASSIC -> {
                configuration.put("group.protocol", "classic");
                configuration.put(
                        "partition.assignment.strategy", "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
                // Rebalances are noticed by heartbeats.
                configuration.put("heartbeat.interval.ms", 300);
                configuration.put("session.timeout.ms", 10_000);
            }
        }
        return configuration;
    }
}
