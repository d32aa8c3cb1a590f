package io.tidegate.renderer.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import io.tidegate.testbed.process.TestbedException;
import io.tidegate.testbed.prometheus.PrometheusApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BoardAnswersTest {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Span SPAN =
            new Span(Instant.ofEpochSecond(1002), Instant.ofEpochSecond(1102), Duration.ofSeconds(5));
    private static final String SERIES = """
            {"status": "success", "data": {"result": [{"metric": {"a": "b"}, %s}]}}
            """;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private int status = 200;
    private String answer = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(exchange.getRequestURI() + " " + URLDecoder.decode(body, StandardCharsets.UTF_8));
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aLineIsAskedForAtWholeSteps() throws IOException {
        answer = SERIES.formatted("\"values\": [[1000, \"1\"], [1005, \"NaN\"], [1010, \"+Inf\"], [1015, \"2.5\"]]");
        JsonNode panel = ask("timeseries", false).at("/panels/1");
        assertEquals(5, panel.path("step").asInt());
        assertEquals(
                MAPPER.readTree("[[1000.0, 1.0], [1005.0, null], [1010.0, null], [1015.0, 2.5]]"),
                panel.at("/series/0/points"));
        assertEquals("b", panel.at("/series/0/labels/a").asText());
        assertTrue(asked.getFirst().startsWith("/api/v1/query_range "), asked.toString());
        assertTrue(asked.getFirst().contains("start=1000.000"), asked.toString());
        assertTrue(asked.getFirst().contains("step=5"), asked.toString());
    }

    @Test
    void aNumberIsAskedForAtTheEnd() throws IOException {
        answer = SERIES.formatted("\"value\": [1102, \"7\"]");
        assertEquals(MAPPER.readTree("[[1102.0, 7.0]]"), ask("stat", true).at("/panels/1/series/0/points"));
        assertTrue(asked.getFirst().startsWith("/api/v1/query "), asked.toString());
        assertTrue(asked.getFirst().contains("time=1102.000"), asked.toString());
    }

    @Test
    void marksStandOnceAtTheTimesThatAreTheirValues() throws IOException {
        answer = SERIES.formatted(
                "\"values\": [[1000, \"900000\"], [1005, \"1004500\"], [1010, \"1004500\"], [1015, \"1011000\"]]");
        assertEquals(
                MAPPER.readTree("[{\"color\": \"blue\", \"at\": 1004.5}, {\"color\": \"blue\", \"at\": 1011.0}]"),
                ask("timeseries", false).path("marks"));
    }

    @Test
    void aRefusalNamesTheQuery() {
        status = 400;
        answer = "{\"status\": \"error\", \"error\": \"parse error\"}";
        TestbedException failure = assertThrows(TestbedException.class, () -> ask("stat", true));
        assertEquals("Prometheus refuses up: parse error", failure.getMessage());
    }

    @Test
    void aPrometheusThatIsNotThereIsNamed() {
        server.stop(0);
        TestbedException failure = assertThrows(TestbedException.class, () -> ask("stat", true));
        assertTrue(
                String.valueOf(failure.getMessage()).startsWith("No Prometheus answers at " + address()),
                failure.getMessage());
    }

    private JsonNode ask(String type, boolean instant) throws IOException {
        JsonNode board = MAPPER.readTree("""
                {"uid": "x", "templating": {"list": []},
                 "annotations": {"list": [{"iconColor": "blue", "expr": "changes"}]},
                 "panels": [
                   {"id": 9, "type": "row", "gridPos": {"x": 0, "y": 0, "w": 24, "h": 1}},
                   {"id": 1, "type": "%s", "gridPos": {"x": 0, "y": 1, "w": 12, "h": 8},
                    "targets": [{"expr": "up", "instant": %s}]}]}
                """.formatted(type, instant));
        return BoardAnswers.ask(Board.of(board), Map.of(), SPAN, new PrometheusApi(address()));
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }
}
