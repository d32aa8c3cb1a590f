package io.tidegate.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.contracts.topic.Topics;
import io.tidegate.contracts.wire.EventCodec;
import io.tidegate.contracts.wire.Json;
import io.tidegate.contracts.wire.TraceParent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A record that is in a trace.
 *
 * @param type such as {@code io.tidegate.sample.v1}
 * @param key its key
 * @param trace where it is in the trace
 * @param body what it says
 */
record TracedRecord(String type, String key, TraceParent trace, JsonNode body) {

    /** All of facts, decisions and targets, up to now. */
    static List<TracedRecord> all(String bootstrapServers) {
        List<TracedRecord> all = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = Stream.of(Topics.FACTS, Topics.DECISIONS, Topics.TARGETS)
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> add(record, all));
            }
        }
        return all;
    }

    private static void add(ConsumerRecord<String, byte[]> record, List<TracedRecord> all) {
        TraceParent trace = EventCodec.trace(record.headers());
        if (trace == null || record.value() == null) {
            return;
        }
        String type = new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
        try {
            all.add(new TracedRecord(type, record.key(), trace, Json.mapper().readTree(record.value())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
