package io.tidegate.policyengine.trace;

import io.tidegate.policyengine.EngineConfig;
import io.tidegate.policyengine.EngineMetrics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends spans by the OpenTelemetry protocol over HTTP, a batch at a time. What can't be sent, or comes while too many wait, is counted and
 * dropped: a decision never waits for its trace.
 */
public final class SpanSender implements Spans {

    private static final Logger LOG = Logger.getLogger(SpanSender.class);

    /** About 2 MB. */
    private static final int WAITING = 2048;

    private static final int BATCH = 256;
    /** How often it is looked for spans. */
    private static final Duration PERIOD = Duration.ofMillis(500);

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final long LOG_AFTER = Duration.ofSeconds(30).toNanos();

    private final HttpRequest empty;
    private final EngineMetrics metrics;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final BlockingQueue<Span> waiting = new ArrayBlockingQueue<>(WAITING);
    private final Thread thread = Thread.ofPlatform().daemon().name("spans").unstarted(this::run);
    private long loggedAt = System.nanoTime() - LOG_AFTER;
    private volatile boolean closed;

    private SpanSender(String endpoint, Map<String, String> headers, EngineMetrics metrics) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create((endpoint.endsWith("/") ? endpoint : endpoint + "/") + "v1/traces"))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json");
        headers.forEach(request::header);
        this.empty = request.build();
        this.metrics = metrics;
    }

    /** As configured: one that sends, or none. */
    public static Spans of(EngineConfig.Traces config, EngineMetrics metrics) {
        return config.endpoint()
                .<Spans>map(endpoint -> {
                    SpanSender sender = new SpanSender(endpoint, config.headers(), metrics);
                    sender.thread.start();
                    return sender;
                })
                .orElse(NONE);
    }

    @Override
    public boolean areWanted() {
        return true;
    }

    @Override
    public void add(Span span) {
        if (!waiting.offer(span)) {
            metrics.spansDropped(1);
        }
    }

    /** What waits is sent first, if that takes no longer than a request may. */
    @Override
    public void close() {
        closed = true;
        try {
            var unused = thread.join(TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closed || !waiting.isEmpty()) {
                Thread.sleep(PERIOD);
                sendAll();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendAll() throws InterruptedException {
        List<Span> batch = new ArrayList<>();
        while (waiting.drainTo(batch, BATCH) > 0) {
            send(batch);
            batch.clear();
        }
    }

    private void send(List<Span> batch) throws InterruptedException {
        String problem = problem(batch);
        if (problem == null) {
            metrics.spansSent(batch.size());
            return;
        }
        metrics.spansDropped(batch.size());
        long now = System.nanoTime();
        if (now - loggedAt >= LOG_AFTER) {
            loggedAt = now;
            LOG.warnf("spans could not be sent, and are dropped address=%s reason=%s", empty.uri(), problem);
        }
    }

    private @Nullable String problem(List<Span> batch) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(empty, (name, value) -> true)
                .POST(HttpRequest.BodyPublishers.ofByteArray(SpanJson.body(batch)))
                .build();
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status / 100 == 2 ? null : "HTTP " + status;
        } catch (IOException e) {
            return e.toString();
        }
    }
}
