package io.tidegate.collector.kafka;

import io.tidegate.collector.lag.RecordWatch.Arming;
import io.tidegate.collector.lag.SignalKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Which signals watch which partitions, from which offset on. Several signals, such as two groups of one topic, may watch the
 * same partition from different offsets; the consumer stands at the least. Used by one thread.
 */
final class ArmedPartitions {

    private final Map<SignalKey, Armed> bySignal = new LinkedHashMap<>();
    private final Map<TopicPartition, Set<SignalKey>> watchers = new HashMap<>();

    private static final class Armed {
        private final Arming arming;
        private final Map<TopicPartition, Long> offsets;
        private final long coveredAt;
        private boolean told;

        Armed(Arming arming, Map<TopicPartition, Long> offsets, long coveredAt) {
            this.arming = arming;
            this.offsets = Map.copyOf(offsets);
            this.coveredAt = coveredAt;
        }
    }

    boolean isEmpty() {
        return bySignal.isEmpty();
    }

    /** Watches for a signal; returns the partitions whose position may have changed. */
    Collection<TopicPartition> arm(Arming arming, Map<TopicPartition, Long> offsets, long coveredAt) {
        Set<TopicPartition> touched = new LinkedHashSet<>(disarm(arming.signal()));
        bySignal.put(arming.signal(), new Armed(arming, offsets, coveredAt));
        offsets.keySet()
                .forEach(partition -> watchers.computeIfAbsent(partition, first -> new LinkedHashSet<>(2))
                        .add(arming.signal()));
        touched.addAll(offsets.keySet());
        return touched;
    }

    /** Watches for a signal no longer; returns the partitions whose position may have changed. */
    Collection<TopicPartition> disarm(SignalKey signal) {
        Armed gone = bySignal.remove(signal);
        if (gone == null) {
            return List.of();
        }
        for (TopicPartition partition : gone.offsets.keySet()) {
            Set<SignalKey> left = watchers.get(partition);
            if (left != null) {
                left.remove(signal);
                if (left.isEmpty()) {
                    watchers.remove(partition);
                }
            }
        }
        return gone.offsets.keySet();
    }

    /** All partitions that some signal watches. */
    Set<TopicPartition> partitions() {
        return Set.copyOf(watchers.keySet());
    }

    /** The least offset that a signal waits for; null if none watches the partition. */
    @Nullable
    Long position(TopicPartition partition) {
        @Nullable Long least = null;
        for (SignalKey signal : watchers.getOrDefault(partition, Set.of())) {
            Armed armed = bySignal.get(signal);
            Long offset = armed == null ? null : armed.offsets.get(partition);
            if (offset != null && (least == null || offset < least)) {
                least = offset;
            }
        }
        return least;
    }

    /** The armings that a record at this offset wakes. */
    List<Arming> reached(TopicPartition partition, long offset) {
        List<Arming> reached = new ArrayList<>();
        for (SignalKey signal : watchers.getOrDefault(partition, Set.of())) {
            Armed armed = bySignal.get(signal);
            Long from = armed == null ? null : armed.offsets.get(partition);
            if (armed != null && from != null && offset >= from) {
                reached.add(armed.arming);
            }
        }
        return reached;
    }

    /** The armings that watch any of these partitions. */
    List<Arming> watching(Collection<TopicPartition> partitions) {
        return bySignal.values().stream()
                .filter(armed -> partitions.stream().anyMatch(armed.offsets::containsKey))
                .map(armed -> armed.arming)
                .toList();
    }

    /** The armings that have become covered since the last call. */
    List<Arming> takeCovered(long now) {
        List<Arming> covered = new ArrayList<>();
        for (Armed armed : bySignal.values()) {
            if (!armed.told && armed.coveredAt - now <= 0) {
                armed.told = true;
                covered.add(armed.arming);
            }
        }
        return covered;
    }

    /** When the next arming becomes covered, if that is before {@code latest}. */
    long nextCoverage(long latest) {
        long next = latest;
        for (Armed armed : bySignal.values()) {
            if (!armed.told && armed.coveredAt - next < 0) {
                next = armed.coveredAt;
            }
        }
        return next;
    }
}
