package io.tidegate.contracts.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tidegate.contracts.decision.DecisionRecord;
import io.tidegate.contracts.fact.Fact;
import io.tidegate.contracts.fact.OutcomeFact;
import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.fact.PolicyTombstone;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.contracts.fact.TickFact;
import io.tidegate.contracts.fact.WorkloadFact;
import io.tidegate.contracts.fact.WorkloadTombstone;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.target.Heartbeat;
import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.target.TargetMessage;
import io.tidegate.contracts.target.TargetTombstone;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.function.Function;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** CloudEvents 1.0 in Kafka's binary mode with JSON bodies. */
public final class EventCodec {

    private static final String SPEC_VERSION = "ce_specversion";
    private static final String SUPPORTED_SPEC_VERSION = "1.0";
    private static final byte[] SPEC_VERSION_BYTES = bytes(SUPPORTED_SPEC_VERSION);
    private static final String ID = "ce_id";
    private static final String SOURCE = "ce_source";
    private static final String TYPE = "ce_type";
    private static final String TIME = "ce_time";
    /** As the extension for distributed tracing of CloudEvents 1.0 has it. */
    private static final String TRACE_PARENT = "ce_traceparent";

    private static final byte[] JSON_BYTES = bytes("application/json");

    /** An id of four segments of 253 characters and a number fit in. */
    private static final int MAX_HEADER_BYTES = 2048;

    private EventCodec() {}

    /** Headers of an event that is in no trace. */
    public static Headers headers(EventType type, Envelope envelope) {
        return headers(type, envelope, null);
    }

    /** Headers of an event, and where in a trace it was made. */
    public static Headers headers(EventType type, Envelope envelope, @Nullable TraceParent trace) {
        RecordHeaders headers = new RecordHeaders();
        if (trace != null) {
            // Headers are looked up from the last on, so that this one costs nothing where nobody asks for it.
            headers.add(TRACE_PARENT, trace.toBytes());
        }
        headers.add(SPEC_VERSION, SPEC_VERSION_BYTES);
        headers.add(ID, bytes(envelope.id()));
        headers.add(SOURCE, bytes(envelope.source()));
        headers.add(TYPE, bytes(type.wireName()));
        headers.add(TIME, bytes(envelope.time().toString()));
        headers.add("content-type", JSON_BYTES);
        return headers;
    }

    /** Where in a trace an event was made; null if that is not said, or not as it should be. */
    public static @Nullable TraceParent trace(Headers headers) {
        Header header = headers.lastHeader(TRACE_PARENT);
        return header == null ? null : TraceParent.parse(header.value());
    }

    /** Type of the event that carries this fact. */
    public static EventType typeOf(Fact fact) {
        return switch (fact) {
            case PolicyFact policy -> EventType.POLICY;
            case PolicyTombstone policy -> EventType.POLICY;
            case WorkloadFact workload -> EventType.WORKLOAD;
            case WorkloadTombstone workload -> EventType.WORKLOAD;
            case SampleFact sample -> EventType.SAMPLE;
            case TickFact tick -> EventType.TICK;
            case OutcomeFact outcome -> EventType.OUTCOME;
        };
    }

    /** Body of a fact; null for a tombstone. */
    public static byte @Nullable [] body(Fact fact) {
        return switch (fact) {
            case PolicyTombstone policy -> null;
            case WorkloadTombstone workload -> null;
            case PolicyFact policy -> json(policy);
            case WorkloadFact workload -> json(workload);
            case SampleFact sample -> json(sample);
            case TickFact tick -> json(tick);
            case OutcomeFact outcome -> json(outcome);
        };
    }

    /** Type of the event that carries this message. */
    public static EventType typeOf(TargetMessage message) {
        return switch (message) {
            case Target target -> EventType.TARGET;
            case TargetTombstone tombstone -> EventType.TARGET;
            case Heartbeat heartbeat -> EventType.HEARTBEAT;
        };
    }

    /** Body of a message of tidegate.targets; null for a tombstone. */
    public static byte @Nullable [] body(TargetMessage message) {
        return switch (message) {
            case TargetTombstone tombstone -> null;
            case Target target -> json(target);
            case Heartbeat heartbeat -> json(heartbeat);
        };
    }

    /** Body of a decision. */
    public static byte[] body(DecisionRecord decision) {
        return json(decision);
    }

    /**
     * Reads a record of tidegate.facts.
     *
     * @throws UnreadableRecordException whatever the input, if it is not a valid fact; the message says why
     */
    public static Event<Fact> fact(@Nullable String key, byte @Nullable [] value, Headers headers)
            throws UnreadableRecordException {
        EventType type = type(headers);
        Fact fact = switch (type) {
            case POLICY ->
                value == null ? new PolicyTombstone(id(key, PolicyId::parse)) : parse(value, PolicyFact.class, type);
            case WORKLOAD ->
                value == null
                        ? new WorkloadTombstone(id(key, WorkloadId::parse))
                        : parse(value, WorkloadFact.class, type);
            case SAMPLE -> sample(value);
            case TICK -> parse(value, TickFact.class, type);
            case OUTCOME -> parse(value, OutcomeFact.class, type);
            case DECISION, TARGET, HEARTBEAT ->
                throw new UnreadableRecordException("an event of type " + type.wireName() + " is not a fact");
        };
        checkKey(key, fact.key());
        return new Event<>(envelope(headers), fact);
    }

    /**
     * Reads a record of tidegate.targets.
     *
     * @throws UnreadableRecordException whatever the input, if it is not a valid message; the message says why
     */
    public static Event<TargetMessage> target(@Nullable String key, byte @Nullable [] value, Headers headers)
            throws UnreadableRecordException {
        EventType type = type(headers);
        TargetMessage message = switch (type) {
            case TARGET ->
                value == null
                        ? new TargetTombstone(id(key, EventCodec::workloadOrPolicy))
                        : parse(value, Target.class, type);
            case HEARTBEAT -> parse(value, Heartbeat.class, type);
            case POLICY, WORKLOAD, SAMPLE, TICK, OUTCOME, DECISION ->
                throw new UnreadableRecordException("an event of type " + type.wireName() + " is not a target");
        };
        checkKey(key, message.key());
        return new Event<>(envelope(headers), message);
    }

    /**
     * Reads a record of tidegate.decisions.
     *
     * @throws UnreadableRecordException whatever the input, if it is not a valid decision; the message says why
     */
    public static Event<DecisionRecord> decision(@Nullable String key, byte @Nullable [] value, Headers headers)
            throws UnreadableRecordException {
        EventType type = type(headers);
        if (type != EventType.DECISION) {
            throw new UnreadableRecordException("an event of type " + type.wireName() + " is not a decision");
        }
        DecisionRecord decision = parse(value, DecisionRecord.class, type);
        checkKey(key, decision.workload().toString());
        return new Event<>(envelope(headers), decision);
    }

    private static SampleFact sample(byte @Nullable [] value) throws UnreadableRecordException {
        SampleFact plain = value == null || value.length > Json.MAX_BYTES ? null : PlainSamples.read(value);
        return plain != null ? plain : parse(value, SampleFact.class, EventType.SAMPLE);
    }

    private static byte[] json(Object body) {
        try {
            return Json.mapper().writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a " + body.getClass().getSimpleName() + " could not be written", e);
        }
    }

    private static <T> T parse(byte @Nullable [] value, Class<T> bodyType, EventType type)
            throws UnreadableRecordException {
        if (value == null) {
            throw new UnreadableRecordException("an event of type " + type.wireName() + " needs a body");
        }
        if (value.length > Json.MAX_BYTES) {
            throw new UnreadableRecordException(
                    "the body has " + value.length + " bytes, more than " + Json.MAX_BYTES + " are not read");
        }
        try {
            T body = Json.mapper().readValue(value, bodyType);
            if (body == null) {
                throw new UnreadableRecordException("the body is JSON null");
            }
            return body;
        } catch (JsonProcessingException e) {
            // Not passed on as the cause: its own message may quote much of the body.
            throw new UnreadableRecordException("the body is not a valid " + type.shortName() + ": " + Problem.of(e));
        } catch (IOException e) {
            throw new UnreadableRecordException(
                    "the body is not valid JSON: " + Problem.quoted(String.valueOf(e.getMessage())));
        }
    }

    /** A policy's id has the form of a workload's. */
    private static String workloadOrPolicy(String key) {
        return WorkloadId.parse(key).toString();
    }

    private static <T> T id(@Nullable String key, Function<String, T> parser) throws UnreadableRecordException {
        if (key == null) {
            throw new UnreadableRecordException("a tombstone needs a key");
        }
        try {
            return parser.apply(key);
        } catch (IllegalArgumentException e) {
            throw new UnreadableRecordException("the key is not valid: " + Problem.line(e.getMessage()));
        }
    }

    private static void checkKey(@Nullable String key, String expected) throws UnreadableRecordException {
        if (!expected.equals(key)) {
            throw new UnreadableRecordException(
                    "the key does not match the body, which speaks of " + Problem.quoted(expected));
        }
    }

    private static EventType type(Headers headers) throws UnreadableRecordException {
        String version = header(headers, SPEC_VERSION);
        if (!version.equals(SUPPORTED_SPEC_VERSION)) {
            throw new UnreadableRecordException(
                    "ce_specversion is not " + SUPPORTED_SPEC_VERSION + ": " + Problem.quoted(version));
        }
        String name = header(headers, TYPE);
        return EventType.byWireName(name)
                .orElseThrow(() ->
                        new UnreadableRecordException("ce_type is not one that is known: " + Problem.quoted(name)));
    }

    private static Envelope envelope(Headers headers) throws UnreadableRecordException {
        String time = header(headers, TIME);
        try {
            return new Envelope(header(headers, ID), header(headers, SOURCE), WireScalars.instant(time));
        } catch (DateTimeException e) {
            throw new UnreadableRecordException("ce_time is not a time: " + Problem.quoted(time));
        }
    }

    private static String header(Headers headers, String name) throws UnreadableRecordException {
        Header header = headers.lastHeader(name);
        if (header == null || header.value() == null) {
            throw new UnreadableRecordException("the header " + name + " is missing");
        }
        if (header.value().length == 0) {
            throw new UnreadableRecordException("the header " + name + " is empty");
        }
        if (header.value().length > MAX_HEADER_BYTES) {
            throw new UnreadableRecordException(
                    "the header " + name + " is longer than " + MAX_HEADER_BYTES + " bytes");
        }
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
