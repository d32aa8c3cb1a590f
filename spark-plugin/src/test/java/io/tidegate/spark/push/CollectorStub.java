package io.tidegate.spark.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes what is posted to it and answers what it is told to. */
public final class CollectorStub implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpServer server;
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private volatile int status = 202;

    public CollectorStub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/spark/events", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            bodies.add(new String(body, StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status, -1);
        }
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public void answer(int answered) {
        status = answered;
    }

    public List<String> bodies() {
        return bodies;
    }

    public List<String> tokens() {
        return tokens;
    }

    /** All snapshots that were taken so far. */
    public List<JsonNode> snapshots() throws IOException {
        List<JsonNode> snapshots = new CopyOnWriteArrayList<>();
        for (String body : bodies) {
            MAPPER.readTree(body).get("snapshots").forEach(snapshots::add);
        }
        return snapshots;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
