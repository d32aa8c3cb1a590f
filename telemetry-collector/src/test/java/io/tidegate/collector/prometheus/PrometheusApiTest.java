package io.tidegate.collector.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tidegate.collector.lag.SignalKey;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.id.WorkloadId;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shape of what is sent, and what becomes of answers that are none. */
class PrometheusApiTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final String THREE =
            "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1800000000,\"3\"]}}";

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final PrometheusApi api = new PrometheusApi(Duration.ofSeconds(20), () -> NOW);
    private final PrometheusApi impatient = new PrometheusApi(Duration.ofMillis(400), () -> NOW);
    private final CountDownLatch over = new CountDownLatch(1);
    private final HttpServer server;
    private volatile Answer answer = exchange -> say(exchange, 200, THREE);

    /** How the server answers. */
    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    PrometheusApiTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void serve() {
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + URLDecoder.decode(body, StandardCharsets.UTF_8));
            try (exchange) {
                answer.to(exchange);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void asksTheInstantQueryApi() {
        assertEquals(Reading.Value.of(3), ask("/tenant/a/", "sum(up{job=\"a&b\"}) + 1"));
        assertEquals(
                List.of("POST /tenant/a/api/v1/query query=sum(up{job=\"a&b\"}) + 1&timeout=20000ms"
                        + "&lookback_delta=120000ms&limit=2"),
                asked);
    }

    @Test
    void saysThatItWasNotAnsweredInTime() {
        Reading late = new Reading.Failed("the Prometheus did not answer within 400ms");
        answer = exchange -> pause();
        assertEquals(late, ask(impatient, here(""), "up"));
        answer = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            pause();
        };
        assertEquals(late, ask(impatient, here(""), "up"), "nor has all of it come in time");
    }

    @Test
    void takesNoMoreThanABoundedAnswer() {
        answer = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            byte[] spaces = " ".repeat(1 << 14).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 1_000; i++) {
                body.write(spaces);
            }
        };
        assertEquals(new Reading.Failed("the Prometheus gave more than 65536 bytes"), ask("", "up"));
    }

    @Test
    void followsNoRedirect() {
        answer = exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(307, -1);
        };
        assertEquals(new Reading.Failed("the Prometheus answered with status 307"), ask("", "up"));
        assertEquals(1, asked.size());
    }

    @Test
    void tellsARefusalInWordsAndAnyOtherErrorByItsStatus() {
        answer = exchange -> say(exchange, 400, "{\"status\":\"error\",\"errorType\":\"bad_data\"}");
        assertEquals(
                new Reading.Failed("the Prometheus can't read the query; try it on its own page"), ask("", "sum("));
        answer = exchange -> say(exchange, 503, "down");
        assertEquals(new Reading.Failed("the Prometheus answered with status 503"), ask("", "up"));
        answer = exchange -> say(exchange, 401, THREE);
        assertEquals(new Reading.Failed("the Prometheus answered with status 401"), ask("", "up"));
    }

    @Test
    void saysThatItCannotBeReached() {
        assertEquals(
                new Reading.Failed("the Prometheus can't be reached"),
                ask(api, URI.create("http://127.0.0.1:9"), "up"));
    }

    private URI here(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private Reading ask(String path, String query) {
        return ask(api, here(path), query);
    }

    private static Reading ask(PrometheusApi api, URI base, String query) {
        SignalKey key = new SignalKey(new WorkloadId("c", "n", "Deployment", "w"), "queued");
        Reading reading = api.ask(new QuerySignal(key, base, query, Duration.ofMinutes(2)))
                .toCompletableFuture()
                .join();
        assertTrue(reading.toString().length() < 300);
        return reading;
    }

    private static void say(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void pause() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
