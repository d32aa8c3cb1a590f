package io.tidegate.collector.lag;

import io.tidegate.collector.lag.RecordProbe.Finding;
import io.tidegate.collector.loop.EventLoop;
import io.tidegate.collector.metrics.CollectorMetrics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Has the leftovers of one Kafka cluster's signals looked at: one look at a time, each of few partitions, so that a cluster in which
 * many things stand still is not read all at once. Runs on the loop.
 */
final class LeftoverLooks implements AutoCloseable {

    /** One fetch request; of control records alone its answer is 5 kB. */
    static final int MOST_PARTITIONS = 64;

    private final RecordProbe probe;
    private final EventLoop loop;
    private final CollectorMetrics metrics;
    private boolean looking;

    LeftoverLooks(RecordProbe probe, EventLoop loop, CollectorMetrics metrics) {
        this.probe = probe;
        this.loop = loop;
        this.metrics = metrics;
    }

    /**
     * Looks at what is due, unless a look is under way.
     *
     * @param told is told each signal of which something was found
     */
    void look(Collection<SignalTrack> tracks, Consumer<SignalTrack> told) {
        if (looking) {
            return;
        }
        Map<Stretch, List<SignalTrack>> asking = due(tracks);
        if (asking.isEmpty()) {
            return;
        }
        looking = true;
        asking.forEach(
                (stretch, those) -> those.forEach(track -> track.leftovers().looking(stretch)));
        var unused = probe.look(asking.keySet())
                .thenAccept(findings -> loop.execute(() -> {
                    looking = false;
                    asking.forEach((stretch, those) -> {
                        Finding finding = findings.getOrDefault(stretch, Finding.UNKNOWN);
                        metrics.looked(finding.label());
                        those.forEach(track -> track.leftovers().found(stretch, finding, loop.nanos()));
                    });
                    asking.values().stream().flatMap(List::stream).distinct().forEach(told);
                    // What is read first waits for its answer, and would wait a period more.
                    if (tracks.stream().anyMatch(track -> track.leftovers().undecided(loop.nanos()))) {
                        look(tracks, told);
                    }
                }));
    }

    @Override
    public void close() {
        probe.close();
    }

    /** What is due, one stretch of each partition; signals with the same one share it. */
    private Map<Stretch, List<SignalTrack>> due(Collection<SignalTrack> tracks) {
        Map<Stretch, List<SignalTrack>> asking = new HashMap<>();
        Map<TopicPartition, Stretch> chosen = new HashMap<>();
        for (SignalTrack track : tracks) {
            for (Stretch stretch : track.leftovers().due(loop.nanos())) {
                if (chosen.size() < MOST_PARTITIONS || chosen.containsKey(stretch.partition())) {
                    chosen.putIfAbsent(stretch.partition(), stretch);
                }
                if (stretch.equals(chosen.get(stretch.partition()))) {
                    asking.computeIfAbsent(stretch, first -> new ArrayList<>(1)).add(track);
                }
            }
        }
        return asking;
    }
}
