package io.tidegate.collector.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;

/** How many partitions topics have; asked anew after 30 s, or when something went wrong with a topic. */
final class TopicPartitions {

    private static final Duration KEPT = Duration.ofSeconds(30);

    private final Admin admin;
    private final LongSupplier nanos;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    private record Entry(CompletableFuture<Integer> partitions, long askedAt) {}

    TopicPartitions(Admin admin, LongSupplier nanos) {
        this.admin = admin;
        this.nanos = nanos;
    }

    /** For each topic its number of partitions, or why that isn't known; done already if it was asked not long ago. */
    Map<String, CompletableFuture<Integer>> of(Collection<String> topics) {
        long now = nanos.getAsLong();
        ask(topics.stream().filter(topic -> !isKnown(topic)).toList(), now);
        Map<String, CompletableFuture<Integer>> known = new HashMap<>();
        topics.forEach(topic -> {
            Entry entry = entries.get(topic);
            if (entry != null) {
                known.put(topic, entry.partitions());
            }
        });
        // What is old still serves this time.
        ask(topics.stream().filter(topic -> isOld(topic, now)).toList(), now);
        return known;
    }

    /** Asks anew at the next use. */
    void forget(Collection<String> topics) {
        topics.forEach(entries::remove);
    }

    private boolean isKnown(String topic) {
        Entry entry = entries.get(topic);
        return entry != null && !entry.partitions().isCompletedExceptionally();
    }

    private boolean isOld(String topic, long now) {
        Entry entry = entries.get(topic);
        return entry != null && now - entry.askedAt() > KEPT.toNanos();
    }

    private void ask(List<String> topics, long now) {
        if (topics.isEmpty()) {
            return;
        }
        admin.describeTopics(topics)
                .topicNameValues()
                .forEach((topic, answer) -> entries.put(
                        topic,
                        new Entry(
                                answer.toCompletionStage()
                                        .thenApply(description ->
                                                description.partitions().size())
                                        .toCompletableFuture(),
                                now)));
    }
}
