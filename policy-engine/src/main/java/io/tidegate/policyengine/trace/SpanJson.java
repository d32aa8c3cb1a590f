package io.tidegate.policyengine.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.contracts.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Spans as the OpenTelemetry protocol has them in JSON: ids in hexadecimal digits, times in nanoseconds, as text.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding">OTLP, JSON encoding</a>
 */
final class SpanJson {

    private static final String NAMESPACE = "tidegate";
    private static final int ERROR = 2;
    private static final String NANOS = "000000";

    private SpanJson() {}

    /** The body of one request. */
    static byte[] body(List<Span> spans) {
        Map<String, List<Span>> bySource = new LinkedHashMap<>();
        spans.forEach(span -> bySource.computeIfAbsent(span.source(), absent -> new ArrayList<>())
                .add(span));
        ObjectNode root = Json.mapper().createObjectNode();
        ArrayNode resources = root.putArray("resourceSpans");
        bySource.forEach((source, ofSource) -> {
            ObjectNode resource = resources.addObject();
            describe(source, resource.putObject("resource").putArray("attributes"));
            ObjectNode scope = resource.putArray("scopeSpans").addObject();
            scope.putObject("scope").put("name", "io.tidegate");
            ArrayNode list = scope.putArray("spans");
            ofSource.forEach(span -> write(span, list.addObject()));
        });
        try {
            return Json.mapper().writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("spans could not be written", e);
        }
    }

    /** A source such as {@code tidegate/collector/collector-0}: whose, which service, and which instance of it. */
    private static void describe(String source, ArrayNode attributes) {
        String[] parts = source.split("/", 3);
        attribute(attributes, "service.namespace", NAMESPACE);
        attribute(attributes, "service.name", parts.length > 1 ? parts[1] : source);
        if (parts.length > 2) {
            attribute(attributes, "service.instance.id", parts[2]);
        }
    }

    private static void write(Span span, ObjectNode into) {
        into.put("traceId", span.place().traceId());
        into.put("spanId", span.place().spanId());
        if (span.parent() != 0) {
            into.put("parentSpanId", "%016x".formatted(span.parent()));
        }
        into.put("name", span.step().label());
        into.put("kind", span.step().kind());
        into.put("startTimeUnixNano", span.startMillis() + NANOS);
        into.put("endTimeUnixNano", span.endMillis() + NANOS);
        ArrayNode attributes = into.putArray("attributes");
        span.attributes().forEach((key, value) -> attribute(attributes, key, value));
        ObjectNode status = into.putObject("status");
        if (span.failed()) {
            status.put("code", ERROR);
        }
    }

    private static void attribute(ArrayNode attributes, String key, String value) {
        attributes.addObject().put("key", key).putObject("value").put("stringValue", value);
    }
}
