package io.tidegate.spark.push;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends snapshots to the collector, one body at a time. It waits for nothing: an answer is looked at when it is there, and
 * until then snapshots wait in bounded memory.
 */
public final class Telemetry {
    private static final int MAX_WAITING = 2 * 1024 * 1024;
    private static final int MAX_BODY = 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final URI events;
    private final TokenFile token;
    private final Runnable accepted;
    private final HttpClient client;
    private final SnapshotQueue queue = new SnapshotQueue(MAX_WAITING, MAX_BODY);
    private final Backoff backoff = new Backoff();
    private boolean sending;
    private Optional<String> problem = Optional.empty();

    /**
     * Sends nothing until it is told to.
     *
     * @param collector the collector's address, without a path
     * @param token file that holds the bearer token
     * @param accepted runs when the collector has taken snapshots
     */
    public Telemetry(URI collector, Path token, Runnable accepted) {
        events = collector.resolve("/v1/spark/events");
        this.token = new TokenFile(token);
        this.accepted = accepted;
        client = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .executor(oneThread())
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    private static Executor oneThread() {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "tidegate-http");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    public void add(Snapshot snapshot) {
        queue.add(snapshot.toJson());
    }

    /** Sends what waits, unless a body is under way or the collector needs rest. */
    public synchronized void send(long nowNanos) {
        if (sending || queue.isEmpty() || !backoff.isOver(nowNanos)) {
            return;
        }
        Optional<String> bearer = token.read();
        if (bearer.isEmpty()) {
            failed("no token for the collector can be read", nowNanos);
            return;
        }
        List<byte[]> batch = queue.next();
        HttpRequest request = HttpRequest.newBuilder(events)
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + bearer.get())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(queue.body(batch, Instant.now())))
                .build();
        sending = true;
        var unused = client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .whenComplete((answer, failure) -> ended(batch, answer, failure));
    }

    private void ended(List<byte[]> batch, @Nullable HttpResponse<Void> answer, @Nullable Throwable failure) {
        int status = answer == null || failure != null ? 0 : answer.statusCode();
        synchronized (this) {
            sending = false;
            long now = System.nanoTime();
            if (status / 100 == 2) {
                backoff.succeeded(now);
                problem = Optional.empty();
            } else if (status == 400 || status == 413) {
                // It would be refused again.
                queue.drop(batch);
                failed("the collector refuses snapshots with status " + status, now);
            } else {
                queue.giveBack(batch);
                failed(
                        status == 0 ? "the collector cannot be reached" : "the collector answers with status " + status,
                        now);
            }
        }
        if (status / 100 == 2) {
            accepted.run();
        }
    }

    private void failed(String reason, long nowNanos) {
        backoff.failed(nowNanos);
        problem = Optional.of(reason);
    }

    /** What keeps it from sending; empty when nothing does. */
    public synchronized Optional<String> problem() {
        return problem;
    }

    /** Snapshots dropped since the start. */
    public long dropped() {
        return queue.dropped();
    }
}
