package io.tidegate.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.contracts.wire.Json;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes spans by the OpenTelemetry protocol, in JSON over HTTP as the engine sends them, and over gRPC as the API server does. */
final class OtlpCatcher implements AutoCloseable {

    private static final String GRPC = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
    /** An empty message: not compressed, and 0 bytes long. */
    private static final byte[] GRPC_ANSWER = new byte[5];

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final List<Caught> spans = new CopyOnWriteArrayList<>();
    private final List<byte[]> messages = new CopyOnWriteArrayList<>();

    /**
     * A span.
     *
     * @param service name of the service that it is of
     * @param span what is said of it
     */
    record Caught(String service, JsonNode span) {

        String text(String field) {
            return span.path(field).asText();
        }

        String attribute(String key) {
            return OtlpCatcher.attribute(span, key);
        }
    }

    OtlpCatcher() {
        server = vertx.createHttpServer()
                .requestHandler(this::take)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    String address() {
        return "127.0.0.1:" + server.actualPort();
    }

    /** Spans that came in JSON. */
    List<Caught> spans() {
        return List.copyOf(spans);
    }

    /** Whether a message that came by gRPC has both an id and a text; neither is compressed. */
    boolean caught(String traceId, String text) {
        byte[] id = HexFormat.of().parseHex(traceId);
        byte[] words = text.getBytes(StandardCharsets.UTF_8);
        return messages.stream().anyMatch(message -> contains(message, id) && contains(message, words));
    }

    /** How many messages came by gRPC, and how many of them have the id, and the text. */
    String counts(String traceId, String text) {
        byte[] id = HexFormat.of().parseHex(traceId);
        byte[] words = text.getBytes(StandardCharsets.UTF_8);
        return "%d messages, %d with %s, %d with %s"
                .formatted(
                        messages.size(),
                        messages.stream()
                                .filter(message -> contains(message, id))
                                .count(),
                        traceId,
                        messages.stream()
                                .filter(message -> contains(message, words))
                                .count(),
                        text);
    }

    private void take(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            if (GRPC.equals(request.path())) {
                messages.add(body.getBytes());
                request.response()
                        .putHeader("content-type", "application/grpc")
                        .putTrailer("grpc-status", "0")
                        .end(Buffer.buffer(GRPC_ANSWER));
            } else {
                add(body.getBytes());
                request.response().end("{}");
            }
        });
    }

    private void add(byte[] body) {
        try {
            for (JsonNode resource : Json.mapper().readTree(body).path("resourceSpans")) {
                String service = attribute(resource.path("resource"), "service.name");
                resource.path("scopeSpans")
                        .forEach(scope -> scope.path("spans").forEach(span -> spans.add(new Caught(service, span))));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String attribute(JsonNode owner, String key) {
        for (JsonNode attribute : owner.path("attributes")) {
            if (attribute.path("key").asText().equals(key)) {
                return attribute.at("/value/stringValue").asText();
            }
        }
        return "";
    }

    private static boolean contains(byte[] message, byte[] part) {
        for (int from = 0; from + part.length <= message.length; from++) {
            int matching = 0;
            while (matching < part.length && message[from + matching] == part[matching]) {
                matching++;
            }
            if (matching == part.length) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
