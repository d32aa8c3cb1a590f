package io.tidegate.policyengine.state;

import io.tidegate.contracts.fact.Reading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest reading of one signal, packed: it is written with each sample.
 *
 * @param signal the signal
 * @param observedAt when it was read, in milliseconds, never after its append time
 * @param topics offsets by topic; empty if it could not be read
 * @param error why it could not be read; absent if it could
 */
public record ObservedSample(
        String signal,
        long observedAt,
        List<TopicOffsets> topics,
        @Nullable String error) {

    private static final long UNKNOWN = -1;

    public ObservedSample {
        topics = List.copyOf(topics);
    }

    /** Packs offsets. */
    public static ObservedSample of(String signal, long observedAt, Reading.Offsets offsets) {
        Map<String, List<Long>> byTopic = new LinkedHashMap<>();
        for (Reading.PartitionOffsets partition : offsets.partitions()) {
            List<Long> numbers = byTopic.computeIfAbsent(partition.topic(), topic -> new ArrayList<>());
            numbers.add((long) partition.partition());
            numbers.add(orUnknown(partition.committed()));
            numbers.add(orUnknown(partition.start()));
            numbers.add(orUnknown(partition.end()));
        }
        return new ObservedSample(
                signal,
                observedAt,
                byTopic.entrySet().stream()
                        .map(entry -> new TopicOffsets(entry.getKey(), entry.getValue()))
                        .toList(),
                null);
    }

    /** A signal that could not be read. */
    public static ObservedSample failed(String signal, long observedAt, String error) {
        return new ObservedSample(signal, observedAt, List.of(), error);
    }

    private static long orUnknown(@Nullable Long offset) {
        return offset == null || offset < 0 ? UNKNOWN : offset;
    }

    /**
     * Offsets of one topic.
     *
     * @param topic the topic
     * @param numbers four for each partition: its number, the committed, the start and the end offset; -1 for one not known
     */
    public record TopicOffsets(String topic, List<Long> numbers) {
        public TopicOffsets {
            numbers = List.copyOf(numbers);
        }
    }
}
