package io.tidegate.collector.lag;

import io.tidegate.collector.loop.EventLoop;
import io.tidegate.collector.loop.Surroundings;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Samples all lag signals of the owned shards, one {@link ClusterLag} for each Kafka cluster in use. */
public final class LagSampler implements AutoCloseable {

    private final KafkaClusters clusters;
    private final SampleSink sink;
    private final Cadence cadence;
    private final Surroundings surroundings;
    private final EventLoop loop;

    /** By bootstrap servers; touched by the loop only. */
    private final Map<String, ClusterLag> active = new HashMap<>();

    private final AtomicReference<Census> census = new AtomicReference<>(new Census(Map.of(), Optional.empty()));
    private boolean closed;

    /** Number of signals by state, and the age of the least fresh one. */
    private record Census(Map<String, Integer> states, Optional<Instant> oldest) {}

    public LagSampler(KafkaClusters clusters, SampleSink sink, Cadence cadence, Surroundings surroundings) {
        this.clusters = clusters;
        this.sink = sink;
        this.cadence = cadence;
        this.surroundings = surroundings;
        this.loop = surroundings.loop();
    }

    /** Starts the period. */
    public void start() {
        loop.execute(this::tick);
    }

    /** Samples exactly these signals from here on; what stays the same goes on undisturbed. */
    public void watch(Collection<LagSignal> wanted) {
        Map<String, Map<SignalKey, LagSignal>> byCluster = new LinkedHashMap<>();
        for (LagSignal signal : wanted) {
            byCluster
                    .computeIfAbsent(signal.bootstrapServers(), servers -> new LinkedHashMap<>())
                    .put(signal.key(), signal);
        }
        loop.execute(() -> assign(byCluster));
    }

    /** Number of signals in a state. */
    public int count(String state) {
        return census.get().states().getOrDefault(state, 0);
    }

    /** When the signal was read that was read longest ago; empty if none was. */
    public Optional<Instant> oldest() {
        return census.get().oldest();
    }

    @Override
    public void close() {
        loop.execute(() -> {
            closed = true;
            active.values().forEach(ClusterLag::close);
            active.clear();
        });
    }

    private void assign(Map<String, Map<SignalKey, LagSignal>> wanted) {
        if (closed) {
            return;
        }
        for (Iterator<Map.Entry<String, ClusterLag>> entries = active.entrySet().iterator(); entries.hasNext(); ) {
            Map.Entry<String, ClusterLag> entry = entries.next();
            if (!wanted.containsKey(entry.getKey())) {
                entry.getValue().close();
                entries.remove();
            }
        }
        wanted.forEach((servers, signals) -> active.computeIfAbsent(
                        servers, key -> new ClusterLag(servers, clusters, sink, cadence, surroundings))
                .assign(signals));
    }

    private void tick() {
        if (closed) {
            return;
        }
        loop.after(cadence.period(), this::tick);
        Map<String, Integer> states = new HashMap<>();
        Optional<Instant> oldest = Optional.empty();
        for (ClusterLag cluster : active.values()) {
            cluster.tick();
            for (SignalTrack track : cluster.tracks()) {
                states.merge(track.state().label(), 1, Integer::sum);
                Optional<Instant> seen = track.lastObservedAt();
                if (oldest.isEmpty() || seen.filter(oldest.get()::isAfter).isPresent()) {
                    oldest = seen;
                }
            }
        }
        census.set(new Census(states, oldest));
    }
}
