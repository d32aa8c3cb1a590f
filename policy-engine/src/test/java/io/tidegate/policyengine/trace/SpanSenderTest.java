package io.tidegate.policyengine.trace;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidegate.contracts.wire.Json;
import io.tidegate.contracts.wire.TraceParent;
import io.tidegate.policyengine.EngineConfig;
import io.tidegate.policyengine.EngineMetrics;
import io.tidegate.policyengine.trace.Span.Step;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpanSenderTest {

    private static final TraceParent TRACE =
            new TraceParent(0x4bf92f3577b34da6L, 0xa3ce929d0e0e4736L, 0xf067aa0ba902b7L, TraceParent.SAMPLED);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final EngineMetrics metrics = new EngineMetrics(registry, InstantSource.system(), 10);
    private final List<JsonNode> bodies = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile int answer = 200;
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                bodies.add(Json.mapper().readTree(exchange.getRequestBody()));
                requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                        + exchange.getRequestHeaders().getFirst("Authorization"));
                exchange.sendResponseHeaders(answer, -1);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void sendsSpansOfSeveralServicesInOneBatch() throws IOException {
        try (Spans spans = SpanSender.of(config("/otlp"), metrics)) {
            spans.add(span("tidegate/collector/collector-0", Step.OBSERVE, 0));
            spans.add(span("tidegate/policy-engine", Step.DECIDE, 0xab));
            await().until(() -> count("sent") == 2);
        }

        assertEquals(List.of("POST /otlp/v1/traces Bearer x"), requests);
        assertEquals(Json.mapper().readTree("""
                {"resourceSpans": [
                  {"resource": {"attributes": [
                     {"key": "service.namespace", "value": {"stringValue": "tidegate"}},
                     {"key": "service.name", "value": {"stringValue": "collector"}},
                     {"key": "service.instance.id", "value": {"stringValue": "collector-0"}}]},
                   "scopeSpans": [{"scope": {"name": "io.tidegate"}, "spans": [{
                     "traceId": "4bf92f3577b34da6a3ce929d0e0e4736", "spanId": "00f067aa0ba902b7",
                     "name": "observe", "kind": 4,
                     "startTimeUnixNano": "1767323045678000000", "endTimeUnixNano": "1767323045690000000",
                     "attributes": [{"key": "tidegate.key", "value": {"stringValue": "orders"}}], "status": {}}]}]},
                  {"resource": {"attributes": [
                     {"key": "service.namespace", "value": {"stringValue": "tidegate"}},
                     {"key": "service.name", "value": {"stringValue": "policy-engine"}}]},
                   "scopeSpans": [{"scope": {"name": "io.tidegate"}, "spans": [{
                     "traceId": "4bf92f3577b34da6a3ce929d0e0e4736", "spanId": "00f067aa0ba902b7",
                     "parentSpanId": "00000000000000ab", "name": "decide", "kind": 5,
                     "startTimeUnixNano": "1767323045678000000", "endTimeUnixNano": "1767323045690000000",
                     "attributes": [{"key": "tidegate.key", "value": {"stringValue": "orders"}}], "status": {}}]}]}]}
                """), bodies.getFirst());
    }

    @Test
    void countsWhatIsRefusedAndGoesOn() {
        answer = 503;
        try (Spans spans = SpanSender.of(config(""), metrics)) {
            spans.add(span("tidegate/policy-engine", Step.DECIDE, 0));
            await().until(() -> count("dropped") == 1);
            answer = 200;
            spans.add(span("tidegate/policy-engine", Step.DECIDE, 0));
            await().until(() -> count("sent") == 1);
        }
    }

    @Test
    void countsWhatNobodyTakes() {
        EngineConfig.Traces nowhere = config("");
        server.stop(0);
        try (Spans spans = SpanSender.of(nowhere, metrics)) {
            spans.add(span("tidegate/policy-engine", Step.DECIDE, 0));
            await().until(() -> count("dropped") == 1);
        }
    }

    @Test
    void neverHoldsUpWhoAddsASpan() {
        answer = 503;
        try (Spans spans = SpanSender.of(config(""), metrics)) {
            for (int i = 0; i < 5_000; i++) {
                spans.add(span("tidegate/policy-engine", Step.DECIDE, 0));
            }
            await().until(() -> count("dropped") == 5_000);
        }
    }

    @Test
    void sendsNothingWithoutAnAddress() {
        Spans none = SpanSender.of(new Settings(Optional.empty(), Map.of()), metrics);
        assertSame(Spans.NONE, none);
        assertFalse(none.areWanted());
    }

    @Test
    void saysAtTheStartThatAHeaderIsNotAllowed() {
        EngineConfig.Traces broken = new Settings(Optional.of("http://localhost:4318"), Map.of("bad name", "x"));
        assertThrows(IllegalArgumentException.class, () -> SpanSender.of(broken, metrics));
    }

    private double count(String result) {
        return registry.get("tidegate.spans").tag("result", result).counter().count();
    }

    private Settings config(String path) {
        return new Settings(
                Optional.of("http://127.0.0.1:" + server.getAddress().getPort() + path),
                Map.of("Authorization", "Bearer x"));
    }

    private static Span span(String source, Step step, long parent) {
        return new Span(
                TRACE,
                parent,
                source,
                step,
                1_767_323_045_678L,
                1_767_323_045_690L,
                false,
                Map.of("tidegate.key", "orders"));
    }

    private record Settings(Optional<String> endpoint, Map<String, String> headers) implements EngineConfig.Traces {}
}
