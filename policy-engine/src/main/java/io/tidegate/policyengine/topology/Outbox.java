package io.tidegate.policyengine.topology;

import io.tidegate.contracts.decision.DecisionRecord;
import io.tidegate.contracts.target.Heartbeat;
import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.topic.Topics;
import io.tidegate.contracts.wire.DeadLetterHeaders;
import io.tidegate.contracts.wire.Envelope;
import io.tidegate.contracts.wire.EventCodec;
import io.tidegate.contracts.wire.EventType;
import io.tidegate.contracts.wire.TraceParent;
import io.tidegate.policyengine.decide.Ids;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Writes records to the topics. All of a record follows from what it says, so that it is the same when written again. */
final class Outbox {

    /** A dead letter has more headers than its record, which may have been as large as the broker takes. */
    private static final int DEAD_LETTER_BYTES = 900_000;

    private static final int DEAD_LETTER_HEADER_BYTES = 64_000;

    private final ProcessorContext<String, byte[]> context;
    private final String source;

    /** @param source what the events name as their source */
    Outbox(ProcessorContext<String, byte[]> context, String source) {
        this.context = context;
        this.source = source;
    }

    void decision(DecisionRecord decision, byte[] body) {
        Envelope envelope = new Envelope(decision.id(), source, decision.at());
        Headers headers = EventCodec.headers(EventType.DECISION, envelope, TraceParent.parse(decision.traceparent()));
        send(EngineTopology.DECISIONS, decision.workload().toString(), body, decision.at(), headers);
    }

    void target(Target target, byte[] body) {
        Envelope envelope = new Envelope(Ids.target(target.key(), target.sequence()), source, target.decidedAt());
        Headers headers = EventCodec.headers(EventType.TARGET, envelope, TraceParent.parse(target.traceparent()));
        send(EngineTopology.TARGETS, target.key(), body, target.decidedAt(), headers);
    }

    void tombstone(String key, long sequence, Instant at) {
        Envelope envelope = new Envelope(Ids.target(key, sequence), source, at);
        send(EngineTopology.TARGETS, key, null, at, EventCodec.headers(EventType.TARGET, envelope));
    }

    void heartbeat(Heartbeat heartbeat) {
        Instant at = heartbeat.logTime();
        Envelope envelope = new Envelope(Ids.heartbeat(heartbeat.partition(), at.toEpochMilli()), source, at);
        Headers headers = EventCodec.headers(EventType.HEARTBEAT, envelope);
        send(EngineTopology.TARGETS, heartbeat.key(), EventCodec.body(heartbeat), at, headers);
    }

    /** Passes a record on as it is, with the reason why it could not be used. */
    void deadLetter(Record<String, byte[]> record, RecordMetadata position, String reason) {
        Headers headers = size(record.headers()) <= DEAD_LETTER_HEADER_BYTES
                ? new RecordHeaders(record.headers())
                : new RecordHeaders();
        headers.add(DeadLetterHeaders.REASON, bytes(reason));
        headers.add(DeadLetterHeaders.TOPIC, bytes(Topics.FACTS));
        headers.add(DeadLetterHeaders.PARTITION, bytes(String.valueOf(position.partition())));
        headers.add(DeadLetterHeaders.OFFSET, bytes(String.valueOf(position.offset())));
        byte @Nullable [] value = record.value();
        if (value != null && value.length > DEAD_LETTER_BYTES) {
            headers.add("dead-letter-truncated-from-bytes", bytes(String.valueOf(value.length)));
            value = Arrays.copyOf(value, DEAD_LETTER_BYTES);
        }
        context.forward(record.withValue(value).withHeaders(headers), EngineTopology.DEAD_LETTERS);
    }

    private void send(String sink, String key, byte @Nullable [] body, Instant at, Headers headers) {
        context.forward(new Record<>(key, body, at.toEpochMilli(), headers), sink);
    }

    private static int size(Headers headers) {
        int size = 0;
        for (Header header : headers) {
            size += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return size;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
