package io.tidegate.collector.kafka;

import io.tidegate.collector.lag.RecordWatch;
import io.tidegate.collector.lag.SignalKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One consumer without a group that fetches from all armed partitions at once; the broker answers when a record comes.
 *
 * <p>A fetch that is under way doesn't include partitions armed after it was sent. Positions are explicit, so that nothing is
 * missed, only seen late: an arming counts as covered once the longest wait of one fetch, and half of it as a margin, is over.
 */
final class FetchRecordWatch implements RecordWatch {

    private static final Logger LOG = Logger.getLogger(FetchRecordWatch.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int PAUSED_KEPT = 100;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final Consumer<?, ?> consumer;
    private final Listener listener;
    private final Duration coveredAfter;
    private final LongSupplier nanos;
    private final LinkedBlockingQueue<Runnable> commands = new LinkedBlockingQueue<>();
    private final ArmedPartitions armed = new ArmedPartitions();
    private volatile boolean closed;

    FetchRecordWatch(Consumer<?, ?> consumer, Listener listener, Duration fetchWait, LongSupplier nanos) {
        this.consumer = consumer;
        this.listener = listener;
        this.coveredAfter = fetchWait.multipliedBy(3).dividedBy(2);
        this.nanos = nanos;
        Thread.ofPlatform().name("record-watch").daemon().start(this::run);
    }

    @Override
    public void arm(SignalKey signal, long token, Map<TopicPartition, Long> offsets) {
        submit(() -> place(armed.arm(new Arming(signal, token), offsets, nanos.getAsLong() + coveredAfter.toNanos())));
    }

    @Override
    public void disarm(SignalKey signal) {
        submit(() -> place(armed.disarm(signal)));
    }

    @Override
    public void close() {
        closed = true;
        submit(() -> {});
    }

    private void submit(Runnable command) {
        commands.add(command);
        consumer.wakeup();
    }

    private void run() {
        try (consumer) {
            while (!closed) {
                try {
                    turn();
                } catch (WakeupException e) {
                    // A command waits.
                } catch (InterruptException | InterruptedException e) {
                    return;
                } catch (RuntimeException e) {
                    recover(e);
                }
            }
        } catch (KafkaException e) {
            LOG.debugf(e, "the record watch did not close cleanly");
        }
    }

    private void turn() throws InterruptedException {
        Runnable command = armed.isEmpty() ? commands.take() : commands.poll();
        while (command != null) {
            command.run();
            command = commands.poll();
        }
        if (armed.isEmpty() || closed) {
            return;
        }
        long now = nanos.getAsLong();
        armed.takeCovered(now).forEach(listener::covered);
        long wait = Math.min(POLL.toNanos(), Math.max(0, armed.nextCoverage(now + POLL.toNanos()) - now));
        wake(consumer.poll(Duration.ofNanos(wait)));
    }

    private void wake(ConsumerRecords<?, ?> records) {
        if (records.isEmpty()) {
            return;
        }
        Set<Arming> woken = new LinkedHashSet<>();
        Set<TopicPartition> touched = new LinkedHashSet<>(records.partitions());
        for (TopicPartition partition : records.partitions()) {
            ConsumerRecord<?, ?> newest = records.records(partition).getLast();
            woken.addAll(armed.reached(partition, newest.offset()));
        }
        if (!woken.isEmpty()) {
            listener.woken(woken);
        }
        woken.forEach(arming -> touched.addAll(armed.disarm(arming.signal())));
        place(touched);
    }

    /** Moves the consumer to where the partitions are armed, and pauses those that no signal watches. */
    private void place(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        List<TopicPartition> unwatched = new ArrayList<>();
        Map<TopicPartition, Long> watched = new HashMap<>();
        for (TopicPartition partition : partitions) {
            @Nullable Long position = armed.position(partition);
            if (position != null) {
                watched.put(partition, position);
            } else if (consumer.assignment().contains(partition)) {
                unwatched.add(partition);
            }
        }
        consumer.pause(unwatched);
        if (!consumer.assignment().containsAll(watched.keySet())) {
            grow();
        }
        watched.forEach(consumer::seek);
        consumer.resume(watched.keySet());
    }

    /** A change of the assignment costs a metadata request, so paused partitions stay in it until they are many. */
    private void grow() {
        Set<TopicPartition> next = new HashSet<>(armed.partitions());
        Set<TopicPartition> present = consumer.assignment();
        if (present.size() < 2 * next.size() + PAUSED_KEPT) {
            next.addAll(present);
        }
        consumer.assign(next);
    }

    private void recover(RuntimeException failure) {
        Collection<TopicPartition> partitions = switch (failure) {
            case OffsetOutOfRangeException moved ->
                moved.offsetOutOfRangePartitions().keySet();
            case TopicAuthorizationException denied ->
                armed.partitions().stream()
                        .filter(partition -> denied.unauthorizedTopics().contains(partition.topic()))
                        .toList();
            default -> {
                LOG.warnf("the record watch failed and starts anew: %s", failure.toString());
                pause();
                yield List.copyOf(armed.partitions());
            }
        };
        boolean lasting = failure instanceof AuthorizationException;
        for (Arming arming : armed.watching(partitions)) {
            listener.lost(arming, lasting);
            armed.disarm(arming.signal());
        }
        consumer.assign(armed.partitions());
        armed.partitions().forEach(partition -> {
            Long position = armed.position(partition);
            if (position != null) {
                consumer.seek(partition, position);
            }
        });
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_AFTER_FAILURE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
