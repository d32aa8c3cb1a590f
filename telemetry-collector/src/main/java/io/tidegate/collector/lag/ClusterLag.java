package io.tidegate.collector.lag;

import io.tidegate.collector.lag.SignalState.Burst;
import io.tidegate.collector.loop.EventLoop;
import io.tidegate.collector.loop.Surroundings;
import io.tidegate.collector.metrics.CollectorMetrics;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.SampleFact;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.TopicPartition;

/**
 * The signals of one Kafka cluster. A period's due signals share one read; a woken signal is read on its own at once, or, where
 * many wake together, with those that woke meanwhile. A signal never has two reads under way, so that a cluster that doesn't
 * answer is asked no more than once a time-out. Runs on the loop.
 */
final class ClusterLag implements RecordWatch.Listener, SignalTrack.Outlet {

    /** More reads at once than this only queue up in the client; measured with 100 signals woken at once. */
    private static final int URGENT_LANES = 2;

    /** After this long, a read that is not answered holds up others no longer. */
    private static final Duration LANE_HELD = Duration.ofMillis(50);

    private final OffsetReader reader;
    private final RecordWatch watch;
    private final LeftoverLooks looks;
    private final SampleSink sink;
    private final Cadence cadence;
    private final EventLoop loop;
    private final InstantSource clock;
    private final CollectorMetrics metrics;
    private final Map<SignalKey, SignalTrack> tracks = new LinkedHashMap<>();
    /** Woken signals that wait for a lane; once one is free they share it. */
    private final Set<SignalTrack> urgent = new LinkedHashSet<>();

    private int busyLanes;
    private long lastToken;
    private boolean closed;

    ClusterLag(
            String bootstrapServers,
            KafkaClusters clusters,
            SampleSink sink,
            Cadence cadence,
            Surroundings surroundings) {
        this.sink = sink;
        this.cadence = cadence;
        this.loop = surroundings.loop();
        this.clock = surroundings.clock();
        this.metrics = surroundings.metrics();
        this.reader = clusters.reader(bootstrapServers);
        this.watch = clusters.watch(bootstrapServers, new OnLoop(this, loop));
        this.looks = new LeftoverLooks(clusters.probe(bootstrapServers), loop, metrics);
    }

    void assign(Map<SignalKey, LagSignal> wanted) {
        tracks.values().removeIf(track -> {
            boolean gone = !track.signal().equals(wanted.get(track.signal().key()));
            if (gone) {
                track.end();
            }
            return gone;
        });
        wanted.forEach((key, signal) ->
                tracks.computeIfAbsent(key, absent -> new SignalTrack(signal, cadence, this, loop.nanos())));
        tick();
    }

    Collection<SignalTrack> tracks() {
        return tracks.values();
    }

    /** Reads all that is due, or will be before half a period is over. */
    void tick() {
        long now = loop.nanos();
        long horizon = now + cadence.period().toNanos() / 2;
        List<SignalTrack> due = new ArrayList<>();
        for (SignalTrack track : tracks.values()) {
            if (track.isDue(track.state() instanceof Burst ? now : horizon)) {
                due.add(track);
            }
        }
        var unused = read(due);
        looks.look(tracks.values(), this::looked);
    }

    void close() {
        closed = true;
        tracks.clear();
        looks.close();
        watch.close();
        reader.close();
    }

    @Override
    public void covered(RecordWatch.Arming arming) {
        SignalTrack track = tracks.get(arming.signal());
        if (track != null) {
            track.covered(arming.token());
        }
    }

    @Override
    public void woken(Collection<RecordWatch.Arming> armings) {
        long now = loop.nanos();
        for (RecordWatch.Arming arming : armings) {
            SignalTrack track = tracks.get(arming.signal());
            if (track != null && track.woken(arming.token(), now)) {
                metrics.woken();
                urgent.add(track);
            }
        }
        readUrgent();
    }

    @Override
    public void lost(RecordWatch.Arming arming, boolean lasting) {
        SignalTrack track = tracks.get(arming.signal());
        if (track != null) {
            track.lost(arming.token(), lasting, loop.nanos());
        }
    }

    @Override
    public void publish(SignalKey signal, Reading reading, Instant observedAt) {
        metrics.sampled(reading);
        sink.publish(new SampleFact(signal.workload(), signal.signal(), reading), observedAt);
    }

    @Override
    public long arm(SignalKey signal, Map<TopicPartition, Long> ends) {
        lastToken++;
        watch.arm(signal, lastToken, ends);
        return lastToken;
    }

    @Override
    public void disarm(SignalKey signal) {
        watch.disarm(signal);
    }

    /** Reads all woken signals together, if a lane is free. */
    private void readUrgent() {
        if (busyLanes >= URGENT_LANES) {
            return;
        }
        List<SignalTrack> due = new ArrayList<>();
        for (SignalTrack track : urgent) {
            if (isCurrent(track) && track.isDue(loop.nanos())) {
                due.add(track);
            }
        }
        urgent.clear();
        if (due.isEmpty()) {
            return;
        }
        busyLanes++;
        AtomicBoolean held = new AtomicBoolean(true);
        Runnable release = () -> {
            if (held.getAndSet(false)) {
                busyLanes--;
                readUrgent();
            }
        };
        loop.after(LANE_HELD, release);
        var unused = read(due).thenRun(() -> loop.execute(release));
    }

    /** Reads signals together; completes when all are answered. */
    private CompletableFuture<Void> read(List<SignalTrack> due) {
        if (due.isEmpty() || closed) {
            return CompletableFuture.allOf();
        }
        Map<OffsetQuery, List<SignalTrack>> byQuery = new HashMap<>();
        for (SignalTrack track : due) {
            track.readStarted();
            byQuery.computeIfAbsent(track.signal().query(), query -> new ArrayList<>(1))
                    .add(track);
        }
        // The earliest instant that the answer can speak of.
        Instant observedAt = clock.instant();
        long startedAt = loop.nanos();
        List<CompletableFuture<?>> answers = new ArrayList<>();
        reader.read(byQuery.keySet()).forEach((query, answer) -> {
            List<SignalTrack> asking = byQuery.getOrDefault(query, List.of());
            answers.add(answer.thenAccept(reading -> loop.execute(() -> {
                        metrics.lagRead(Duration.ofNanos(loop.nanos() - startedAt));
                        asking.forEach(track -> readDone(track, reading, observedAt));
                    }))
                    .toCompletableFuture());
        });
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
    }

    private void readDone(SignalTrack track, Reading reading, Instant observedAt) {
        if (!isCurrent(track)) {
            return;
        }
        track.readDone(reading, observedAt, loop.nanos());
        if (track.leftovers().undecided(loop.nanos())) {
            looks.look(tracks.values(), this::looked);
        }
        if (track.state() instanceof Burst) {
            loop.after(Duration.ofNanos(Math.max(0, track.dueAt() - loop.nanos())), () -> {
                if (track.state() instanceof Burst) {
                    urgent.add(track);
                    readUrgent();
                }
            });
        }
    }

    private void looked(SignalTrack track) {
        if (isCurrent(track) && track.isReadAgain(loop.nanos())) {
            urgent.add(track);
            readUrgent();
        }
    }

    private boolean isCurrent(SignalTrack track) {
        return tracks.get(track.signal().key()) == track;
    }

    /** Hands what the watch says over to the loop. */
    private record OnLoop(RecordWatch.Listener listener, EventLoop loop) implements RecordWatch.Listener {
        @Override
        public void covered(RecordWatch.Arming arming) {
            loop.execute(() -> listener.covered(arming));
        }

        @Override
        public void woken(Collection<RecordWatch.Arming> armings) {
            loop.execute(() -> listener.woken(armings));
        }

        @Override
        public void lost(RecordWatch.Arming arming, boolean lasting) {
            loop.execute(() -> listener.lost(arming, lasting));
        }
    }
}
