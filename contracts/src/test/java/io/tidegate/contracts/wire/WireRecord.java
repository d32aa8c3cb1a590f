package io.tidegate.contracts.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.contracts.decision.DecisionRecord;
import io.tidegate.contracts.fact.Fact;
import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.target.TargetMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** A record as it lies in a topic, and its form in golden files. */
final class WireRecord {

    private final @Nullable String key;
    private final Headers headers;
    private final byte @Nullable [] value;

    WireRecord(@Nullable String key, Headers headers, byte @Nullable [] value) {
        this.key = key;
        this.headers = headers;
        this.value = value;
    }

    @Nullable
    String key() {
        return key;
    }

    boolean hasBody() {
        return value != null;
    }

    byte[] bytes() {
        return value == null ? new byte[0] : value.clone();
    }

    static WireRecord of(Fact fact, Envelope envelope) {
        return of(fact, envelope, null);
    }

    static WireRecord of(Fact fact, Envelope envelope, @Nullable TraceParent trace) {
        return new WireRecord(
                fact.key(), EventCodec.headers(EventCodec.typeOf(fact), envelope, trace), EventCodec.body(fact));
    }

    static WireRecord of(TargetMessage message, Envelope envelope) {
        TraceParent trace = message instanceof Target target ? TraceParent.parse(target.traceparent()) : null;
        return new WireRecord(
                message.key(),
                EventCodec.headers(EventCodec.typeOf(message), envelope, trace),
                EventCodec.body(message));
    }

    static WireRecord of(DecisionRecord decision, Envelope envelope) {
        return new WireRecord(
                decision.workload().toString(),
                EventCodec.headers(EventType.DECISION, envelope, TraceParent.parse(decision.traceparent())),
                EventCodec.body(decision));
    }

    static WireRecord ofGolden(String golden) throws IOException {
        JsonNode tree = Json.mapper().readTree(golden);
        Headers headers = new RecordHeaders();
        tree.get("headers")
                .properties()
                .forEach(header ->
                        headers.add(header.getKey(), bytes(header.getValue().textValue())));
        JsonNode body = tree.get("body");
        return new WireRecord(tree.get("key").textValue(), headers, body.isNull() ? null : bytes(body.toString()));
    }

    /** Key, headers and body as one line of JSON, in the order in which they are written. */
    String golden() throws IOException {
        ObjectNode tree = Json.mapper().createObjectNode();
        tree.put("key", key);
        ObjectNode into = tree.putObject("headers");
        for (Header header : headers) {
            into.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        tree.set("body", value == null ? NullNode.getInstance() : Json.mapper().readTree(value));
        return tree.toString();
    }

    WireRecord withValue(byte @Nullable [] other) {
        return new WireRecord(key, headers, other);
    }

    WireRecord withValue(String other) {
        return withValue(bytes(other));
    }

    WireRecord withKey(@Nullable String other) {
        return new WireRecord(other, headers, value);
    }

    WireRecord withHeader(String name, @Nullable String text) {
        RecordHeaders changed = new RecordHeaders(headers);
        changed.remove(name);
        if (text != null) {
            changed.add(name, bytes(text));
        }
        return new WireRecord(key, changed, value);
    }

    Headers headers() {
        return headers;
    }

    String text() {
        return value == null ? "" : new String(value, StandardCharsets.UTF_8);
    }

    /** Reads it as its type's consumer does, and writes what was read. */
    WireRecord readAndWritten(EventType type) throws UnreadableRecordException {
        return switch (type) {
            case POLICY, WORKLOAD, SAMPLE, TICK, OUTCOME -> {
                Event<Fact> event = EventCodec.fact(key, value, headers);
                yield of(event.body(), event.envelope(), EventCodec.trace(headers));
            }
            case DECISION -> {
                Event<DecisionRecord> event = EventCodec.decision(key, value, headers);
                yield of(event.body(), event.envelope());
            }
            case TARGET, HEARTBEAT -> {
                Event<TargetMessage> event = EventCodec.target(key, value, headers);
                yield of(event.body(), event.envelope());
            }
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
