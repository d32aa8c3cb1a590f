package io.tidegate.collector;

import static org.awaitility.Awaitility.await;

import io.tidegate.contracts.fact.Fact;
import io.tidegate.contracts.topic.Topics;
import io.tidegate.contracts.wire.EventCodec;
import io.tidegate.contracts.wire.UnreadableRecordException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads tidegate.facts from its end on. */
final class FactsFollower implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * One fact.
     *
     * @param appendedAt when the broker took it, in milliseconds
     */
    record Seen(Fact fact, String source, int partition, long appendedAt) {}

    FactsFollower(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = IntStream.range(0, Topics.PARTITIONS)
                .mapToObj(partition -> new TopicPartition(Topics.FACTS, partition))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        thread = Thread.ofPlatform().daemon().start(this::follow);
    }

    /** Forgets what was read so far. */
    void clear() {
        seen.clear();
    }

    List<Seen> seen() {
        return List.copyOf(seen);
    }

    /** Facts of a kind about a key, as far as they were read. */
    <T extends Fact> List<T> of(Class<T> kind, String key) {
        return seen.stream()
                .map(Seen::fact)
                .filter(fact -> fact.key().equals(key))
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** Waits for a fact of a kind about a key. */
    <T extends Fact> T awaitFact(Class<T> kind, String key, Predicate<T> wanted) {
        return await().alias(kind.getSimpleName() + " of " + key)
                .atMost(SOON)
                .until(() -> of(kind, key).stream().filter(wanted).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    @Override
    public void close() {
        closed = true;
        await().atMost(SOON).until(() -> !thread.isAlive());
        consumer.close();
    }

    private void follow() {
        while (!closed) {
            consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                try {
                    var event = EventCodec.fact(record.key(), record.value(), record.headers());
                    seen.add(new Seen(event.body(), event.envelope().source(), record.partition(), record.timestamp()));
                } catch (UnreadableRecordException e) {
                    throw new AssertionError("the collector wrote what can't be read", e);
                }
            });
        }
    }
}
