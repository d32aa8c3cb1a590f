package io.tidegate.collector.kafka;

import io.tidegate.collector.lag.RecordProbe;
import io.tidegate.collector.lag.Stretch;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One consumer without a group, opened when it is first needed, that reads uncommitted records from where a stretch begins. It steps over
 * control records by itself, so that a stretch is empty if the consumer comes to its end without having received a record of it.
 */
final class FetchRecordProbe implements RecordProbe {

    private static final Logger LOG = Logger.getLogger(FetchRecordProbe.class);
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Supplier<Consumer<?, ?>> opening;
    private final LongSupplier nanos;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().name("record-probe").daemon().unstarted(task));
    /** Topics of which it was logged that they may not be read. */
    private final Set<String> denied = new HashSet<>();

    private volatile @Nullable Consumer<?, ?> consumer;
    private volatile boolean closed;

    FetchRecordProbe(Supplier<Consumer<?, ?>> opening, LongSupplier nanos) {
        this.opening = opening;
        this.nanos = nanos;
    }

    @Override
    public CompletionStage<Map<Stretch, Finding>> look(Collection<Stretch> stretches) {
        Map<TopicPartition, Stretch> wanted = new HashMap<>();
        stretches.forEach(stretch -> wanted.put(stretch.partition(), stretch));
        try {
            return CompletableFuture.supplyAsync(() -> look(wanted), thread);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(Map.of());
        }
    }

    @Override
    public void close() {
        closed = true;
        Consumer<?, ?> open = consumer;
        if (open != null) {
            open.wakeup();
        }
        thread.execute(this::closeConsumer);
        thread.shutdown();
    }

    private void closeConsumer() {
        Consumer<?, ?> open = consumer;
        consumer = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (KafkaException e) {
            LOG.debugf(e, "the record probe did not close cleanly");
        }
    }

    private Map<Stretch, Finding> look(Map<TopicPartition, Stretch> wanted) {
        Map<Stretch, Finding> found = new HashMap<>();
        try {
            Consumer<?, ?> open = consumer;
            if (open == null) {
                open = opening.get();
                consumer = open;
            }
            search(open, new HashMap<>(wanted), found);
            open.unsubscribe();
        } catch (RuntimeException e) {
            // An answer must come; what isn't in it is asked again after a while.
            LOG.debugf(e, "the record probe failed");
        }
        return found;
    }

    private void search(Consumer<?, ?> open, Map<TopicPartition, Stretch> missing, Map<Stretch, Finding> found) {
        open.assign(missing.keySet());
        missing.forEach((partition, stretch) -> open.seek(partition, stretch.from()));
        long until = nanos.getAsLong() + LIMIT.toNanos();
        while (!missing.isEmpty() && !closed && nanos.getAsLong() - until < 0) {
            Map<TopicPartition, Finding> told = new HashMap<>();
            try {
                for (ConsumerRecord<?, ?> record : open.poll(POLL)) {
                    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                    Stretch stretch = missing.get(partition);
                    if (stretch != null && record.offset() < stretch.to()) {
                        told.put(partition, Finding.HELD);
                    }
                }
                missing.forEach((partition, stretch) -> {
                    if (position(open, partition) >= stretch.to()) {
                        told.putIfAbsent(partition, Finding.EMPTY);
                    }
                });
            } catch (TopicAuthorizationException e) {
                missing.keySet().stream()
                        .filter(partition -> e.unauthorizedTopics().contains(partition.topic()))
                        .forEach(partition -> told.put(partition, Finding.DENIED));
                logDenied(e.unauthorizedTopics());
            } catch (OffsetOutOfRangeException e) {
                e.offsetOutOfRangePartitions().keySet().forEach(partition -> told.put(partition, Finding.UNKNOWN));
            }
            settle(open, missing, told, found);
        }
    }

    /** Where the consumer is, without waiting for a broker that may be away. */
    private static long position(Consumer<?, ?> open, TopicPartition partition) {
        try {
            return open.position(partition, Duration.ZERO);
        } catch (TimeoutException e) {
            return -1;
        }
    }

    /** Reads no further where it is told. */
    private void settle(
            Consumer<?, ?> open,
            Map<TopicPartition, Stretch> missing,
            Map<TopicPartition, Finding> told,
            Map<Stretch, Finding> found) {
        told.forEach((partition, finding) -> {
            Stretch stretch = missing.remove(partition);
            if (stretch != null) {
                found.put(stretch, finding);
                if (finding == Finding.EMPTY || finding == Finding.HELD) {
                    denied.remove(partition.topic());
                }
            }
        });
        if (!told.isEmpty()) {
            open.assign(missing.keySet());
        }
    }

    private void logDenied(Set<String> topics) {
        for (String topic : topics) {
            if (denied.add(topic)) {
                LOG.infof(
                        "not allowed to read topic %s: control records of transactions count as lag there until it is",
                        topic);
            }
        }
    }
}
