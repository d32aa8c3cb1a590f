package io.tidegate.collector.prometheus;

import io.tidegate.collector.lag.SampleSink;
import io.tidegate.collector.lag.SignalKey;
import io.tidegate.collector.loop.EventLoop;
import io.tidegate.collector.loop.Surroundings;
import io.tidegate.collector.metrics.CollectorMetrics;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.SampleFact;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Asks each query each period, again only after its last answer, and publishes what it gave. Of one Prometheus few are asked at a
 * time: the others wait, so that one that hangs delays no query but its own. Runs on the loop.
 */
public final class QuerySampler implements AutoCloseable {

    /** A Prometheus evaluates 20 at a time at its defaults, and it has others to answer. */
    private static final int AT_A_TIME = 8;

    private final Source source;
    private final SampleSink sink;
    private final Duration period;
    private final EventLoop loop;
    private final InstantSource clock;
    private final CollectorMetrics metrics;
    private final Map<SignalKey, Asked> asked = new HashMap<>();
    private final Map<URI, Server> servers = new HashMap<>();
    private boolean closed;

    /** Asks a query; returns at once, and never fails. */
    @FunctionalInterface
    public interface Source {
        CompletionStage<Reading> ask(QuerySignal signal);
    }

    /** A query from when it is first asked until it changes; no two are the same. */
    private static final class Asked {
        private final QuerySignal signal;
        private long dueAt;

        Asked(QuerySignal signal, long dueAt) {
            this.signal = signal;
            this.dueAt = dueAt;
        }
    }

    private static final class Server {
        private final Queue<Asked> waiting = new ArrayDeque<>();
        private int asking;
    }

    /**
     * @param period from asking a query to asking it again
     */
    public QuerySampler(Source source, SampleSink sink, Duration period, Surroundings surroundings) {
        this.source = source;
        this.sink = sink;
        this.period = period;
        this.loop = surroundings.loop();
        this.clock = surroundings.clock();
        this.metrics = surroundings.metrics();
    }

    /** Asks exactly these from here on; what stays the same goes on undisturbed. */
    public void watch(Collection<QuerySignal> wanted) {
        Map<SignalKey, QuerySignal> byKey =
                wanted.stream().collect(Collectors.toMap(QuerySignal::key, signal -> signal));
        loop.execute(() -> assign(byKey));
    }

    @Override
    public void close() {
        loop.execute(() -> {
            closed = true;
            asked.clear();
            servers.clear();
        });
    }

    private void assign(Map<SignalKey, QuerySignal> wanted) {
        if (closed) {
            return;
        }
        asked.values().removeIf(one -> !one.signal.equals(wanted.get(one.signal.key())));
        wanted.forEach((key, signal) -> {
            if (!asked.containsKey(key)) {
                Asked one = new Asked(signal, loop.nanos());
                asked.put(key, one);
                enqueue(one);
            }
        });
        servers.values().removeIf(server -> {
            server.waiting.removeIf(one -> !isAsked(one));
            return server.waiting.isEmpty() && server.asking == 0;
        });
    }

    private boolean isAsked(Asked one) {
        return asked.get(one.signal.key()) == one;
    }

    private void enqueue(Asked one) {
        if (isAsked(one)) {
            Server server = servers.computeIfAbsent(one.signal.server(), address -> new Server());
            server.waiting.add(one);
            ask(server);
        }
    }

    private void ask(Server server) {
        while (server.asking < AT_A_TIME && !server.waiting.isEmpty()) {
            Asked one = server.waiting.remove();
            if (isAsked(one)) {
                server.asking++;
                Instant observedAt = clock.instant();
                long began = loop.nanos();
                var unused = source.ask(one.signal)
                        .thenAccept(reading -> loop.execute(() -> {
                            server.asking--;
                            metrics.queried(Duration.ofNanos(loop.nanos() - began));
                            done(one, reading, observedAt);
                            ask(server);
                        }));
            }
        }
    }

    private void done(Asked one, Reading reading, Instant observedAt) {
        if (!isAsked(one)) {
            return;
        }
        if (!(reading instanceof Reading.Value value) || value.value() == null) {
            metrics.failed(CollectorMetrics.Failure.QUERY);
        }
        metrics.sampled(reading);
        SignalKey key = one.signal.key();
        sink.publish(new SampleFact(key.workload(), key.signal(), reading), observedAt);
        // From when it was due, so that what waits for others is asked no less often.
        long now = loop.nanos();
        one.dueAt = Math.max(now, one.dueAt + period.toNanos());
        loop.after(Duration.ofNanos(one.dueAt - now), () -> enqueue(one));
    }
}
