package io.tidegate.policyengine.rest;

import io.tidegate.contracts.decision.DecisionRecord;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.topic.DomainPartitions;
import io.tidegate.contracts.wire.EventCodec;
import io.tidegate.contracts.wire.UnreadableRecordException;
import io.tidegate.policyengine.EngineConfig;
import io.tidegate.policyengine.topology.EngineIdentity;
import io.tidegate.policyengine.topology.StreamsSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Finds decisions that are older than those kept in the stores, in the topic itself. */
@ApplicationScoped
public class DecisionLog {

    /** Searches at once; each has a Kafka client of its own. */
    private static final int AT_ONCE = 2;

    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final List<Duration> WINDOWS =
            List.of(Duration.ofMinutes(10), Duration.ofHours(2), Duration.ofDays(1), Duration.ofDays(400));

    private final EngineConfig config;
    private final Semaphore searches = new Semaphore(AT_ONCE);

    DecisionLog(EngineConfig config) {
        this.config = config;
    }

    /** The newest decision of a workload at or before a time. */
    Optional<DecisionRecord> newest(WorkloadId workload, Instant at) {
        if (!searches.tryAcquire()) {
            throw ProblemException.unavailable("others are searching the decision log");
        }
        try (Consumer<String, byte[]> consumer = consumer()) {
            return search(consumer, workload, at);
        } catch (KafkaException e) {
            throw ProblemException.unavailable("the decision log can't be read: " + e.getMessage());
        } finally {
            searches.release();
        }
    }

    private Optional<DecisionRecord> search(Consumer<String, byte[]> consumer, WorkloadId workload, Instant at) {
        String topic = EngineIdentity.of(config).decisions();
        int partitions = consumer.partitionsFor(topic).size();
        TopicPartition partition = new TopicPartition(topic, DomainPartitions.of(workload, partitions));
        consumer.assign(List.of(partition));
        long deadline = System.nanoTime() + LONGEST.toNanos();
        long end = consumer.endOffsets(Set.of(partition)).getOrDefault(partition, 0L);
        long until = firstAfter(consumer, partition, at.toEpochMilli() + 1, end);
        for (Duration window : WINDOWS) {
            long from =
                    firstAfter(consumer, partition, Math.max(0, at.minus(window).toEpochMilli()), until);
            Range range = new Range(from, until);
            Optional<DecisionRecord> found = scan(consumer, partition, range, new Wanted(workload, at, deadline));
            if (found.isPresent()) {
                return found;
            }
            until = Math.min(until, from);
        }
        return Optional.empty();
    }

    private static long firstAfter(Consumer<?, ?> consumer, TopicPartition partition, long millis, long otherwise) {
        OffsetAndTimestamp found =
                consumer.offsetsForTimes(Map.of(partition, millis)).get(partition);
        return found == null ? otherwise : found.offset();
    }

    private static Optional<DecisionRecord> scan(
            Consumer<String, byte[]> consumer, TopicPartition partition, Range range, Wanted wanted) {
        Optional<DecisionRecord> newest = Optional.empty();
        if (range.from >= range.until) {
            return newest;
        }
        consumer.seek(partition, range.from);
        while (consumer.position(partition) < range.until) {
            if (System.nanoTime() > wanted.deadline) {
                throw ProblemException.unavailable("the search in the decision log took more than " + LONGEST);
            }
            for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                if (wanted.workload.toString().equals(record.key()) && record.offset() < range.until) {
                    newest = read(record)
                            .filter(decision -> !decision.at().isAfter(wanted.at))
                            .or(orElse(newest));
                }
            }
        }
        return newest;
    }

    private static Supplier<Optional<DecisionRecord>> orElse(Optional<DecisionRecord> before) {
        return () -> before;
    }

    private static Optional<DecisionRecord> read(ConsumerRecord<String, byte[]> record) {
        try {
            return Optional.of(EventCodec.decision(record.key(), record.value(), record.headers())
                    .body());
        } catch (UnreadableRecordException e) {
            return Optional.empty();
        }
    }

    private Consumer<String, byte[]> consumer() {
        Map<String, Object> settings = StreamsSettings.client(config);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, EngineIdentity.of(config).clientId("why"));
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private record Range(long from, long until) {}

    private record Wanted(WorkloadId workload, Instant at, long deadline) {}
}
