package io.tidegate.it.hostile;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Answers queries as nobody should. */
final class HostilePrometheus implements AutoCloseable {

    private static final String OTHERWISE = "the connection gave what the query API of a Prometheus does not give";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger elsewhere = new AtomicInteger();
    private volatile Case playing = new Case("good", Kind.WHOLE, () -> good("2"), "");

    HostilePrometheus() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/api/v1/query", exchange -> answer(exchange, playing));
        server.createContext("/elsewhere", exchange -> {
            elsewhere.incrementAndGet();
            answer(exchange, new Case("good", Kind.WHOLE, () -> good("50"), ""));
        });
        server.setExecutor(threads);
        server.start();
    }

    /** How an answer comes. */
    enum Kind {
        WHOLE,
        CUT,
        REDIRECT,
        NEVER
    }

    /**
     * A case.
     *
     * @param words what the policy's status says
     */
    record Case(String name, Kind kind, Supplier<byte[]> body, String words) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> all() {
        return Stream.of(
                new Case("truncated", Kind.WHOLE, () -> text("{\"status\":\"success\",\"data\":{"), OTHERWISE),
                new Case("cut off", Kind.CUT, () -> good("2"), "the Prometheus can't be reached"),
                new Case("10 MB", Kind.WHOLE, () -> new byte[10_000_000], "the Prometheus gave more than 65536 bytes"),
                new Case("1,000 deep", Kind.WHOLE, () -> text("[".repeat(1_000)), OTHERWISE),
                new Case("NaN", Kind.WHOLE, () -> good("NaN"), "the query gives NaN"),
                new Case(
                        "a number beyond all",
                        Kind.WHOLE,
                        () -> good("1e999"),
                        "a number beyond all that can be counted"),
                new Case("a text for a number", Kind.WHOLE, () -> good(SparkBodies.CANARY), OTHERWISE),
                new Case(
                        "a number for a text",
                        Kind.WHOLE,
                        () -> text(new String(good("7"), StandardCharsets.UTF_8).replace("\"7\"", "7")),
                        OTHERWISE),
                new Case("an answer of last year", Kind.WHOLE, () -> text("""
                        {"status":"success","data":{"resultType":"scalar","result":[1600000000,"7"]}}"""), "the answer is dated more than"),
                new Case("not UTF-8", Kind.WHOLE, () -> new byte[] {(byte) 0xff, (byte) 0xfe, 0}, OTHERWISE),
                new Case(
                        "another's address",
                        Kind.REDIRECT,
                        () -> new byte[0],
                        "the Prometheus answered with status 302"),
                new Case("nothing", Kind.NEVER, () -> new byte[0], "the Prometheus did not answer within 2s"));
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** How often somebody was sent elsewhere and went. */
    int calledElsewhere() {
        return elsewhere.get();
    }

    void play(Case hostile) {
        playing = hostile;
    }

    void playGood(String number) {
        playing = new Case("good", Kind.WHOLE, () -> good(number), "");
    }

    private static byte[] good(String number) {
        return text("{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":["
                + Instant.now().getEpochSecond() + ",\"" + number + "\"]}}");
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, Case how) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] body = how.body().get();
        switch (how.kind()) {
            case WHOLE -> respond(exchange, 200, body, body.length);
            case CUT -> respond(exchange, 200, body, body.length + 100);
            case REDIRECT -> {
                exchange.getResponseHeaders().add("Location", "/elsewhere");
                respond(exchange, 302, body, -1);
            }
            // The other side gives up; the server ends it when it stops.
            case NEVER -> {}
        }
    }

    private static void respond(HttpExchange exchange, int status, byte[] body, long length) throws IOException {
        exchange.sendResponseHeaders(status, length);
        try (OutputStream to = exchange.getResponseBody()) {
            to.write(body);
        } catch (IOException e) {
            // Cut off, by the one or the other.
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
