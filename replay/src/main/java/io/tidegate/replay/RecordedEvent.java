package io.tidegate.replay;

import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * One record of a topic, as it lay there.
 *
 * @param topic which of the two topics
 * @param partition its partition
 * @param offset its offset
 * @param timestamp its append time, in milliseconds
 * @param key its key; null if it has none
 * @param headers its headers, in their order
 * @param value its value; null for a tombstone
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
record RecordedEvent(
        RecordedTopic topic,
        int partition,
        long offset,
        long timestamp,
        byte @Nullable [] key,
        List<Header> headers,
        byte @Nullable [] value) {

    RecordedEvent {
        Objects.requireNonNull(topic, "topic");
        if (partition < 0 || offset < 0) {
            throw new IllegalArgumentException("partition and offset must not be negative");
        }
        headers = List.copyOf(headers);
    }

    static RecordedEvent of(RecordedTopic topic, ConsumerRecord<byte[], byte[]> record) {
        return new RecordedEvent(
                topic,
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.key(),
                List.of(record.headers().toArray()),
                record.value());
    }

    Headers kafkaHeaders() {
        RecordHeaders all = new RecordHeaders();
        headers.forEach(header -> all.add(new RecordHeader(header.key(), header.value())));
        return all;
    }
}
