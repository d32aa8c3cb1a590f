package io.tidegate.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.contracts.topic.Topics;
import io.tidegate.contracts.wire.EventCodec;
import io.tidegate.contracts.wire.Json;
import io.tidegate.contracts.wire.TraceParent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

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
        TopicContents.forEach(
                bootstrapServers,
                Set.of(Topics.FACTS, Topics.DECISIONS, Topics.TARGETS)::contains,
                record -> add(record, all));
        return all;
    }

    private static void add(ConsumerRecord<byte[], byte[]> record, List<TracedRecord> all) {
        TraceParent trace = EventCodec.trace(record.headers());
        if (trace == null || record.value() == null) {
            return;
        }
        String type = new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
        try {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            all.add(new TracedRecord(type, key, trace, Json.mapper().readTree(record.value())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
