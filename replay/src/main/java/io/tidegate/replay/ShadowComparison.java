package io.tidegate.replay;

import io.tidegate.contracts.decision.DecisionRecord;
import io.tidegate.contracts.wire.EventCodec;
import io.tidegate.contracts.wire.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What two engines decided on the same facts. A decision is told when it differs from the last, so one that only one of them has
 * told is a difference, too. What one of them has not read yet does not count.
 */
final class ShadowComparison {

    private final Instant since;
    private final Map<Integer, Long> readBefore = new HashMap<>();
    private final Map<Place, Said> running = new TreeMap<>();
    private final Map<Place, Said> shadow = new TreeMap<>();

    /** @param since decisions before this are left out */
    ShadowComparison(Instant since) {
        this.since = since;
    }

    /** Which decision: on which workload, after which fact of which partition. */
    private record Place(String workload, int partition, long fact) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byWorkload = workload.compareTo(other.workload);
            if (byWorkload != 0) {
                return byWorkload;
            }
            int byPartition = Integer.compare(partition, other.partition);
            return byPartition != 0 ? byPartition : Long.compare(fact, other.fact);
        }
    }

    /** What counts of a decision. */
    private record Said(String action, int current, int desired, String reason) {

        String words() {
            return "%s %d -> %d (%s)".formatted(action, current, desired, reason);
        }
    }

    /** For each partition the offset before which both have read all facts. */
    void readBefore(Map<Integer, Long> offsets) {
        readBefore.putAll(offsets);
    }

    /** Takes a decision of the running engine. */
    void running(RecordedEvent event) {
        add(running, event);
    }

    /** Takes a decision that was made for show. */
    void shadow(RecordedEvent event) {
        add(shadow, event);
    }

    private void add(Map<Place, Said> decisions, RecordedEvent event) {
        String key = event.key() == null ? "" : new String(event.key(), StandardCharsets.UTF_8);
        DecisionRecord decision;
        try {
            decision = EventCodec.decision(key, event.value(), event.kafkaHeaders())
                    .body();
        } catch (UnreadableRecordException e) {
            throw new IllegalArgumentException(
                    "a decision can't be read, partition " + event.partition() + ", offset " + event.offset() + ": "
                            + e.getMessage(),
                    e);
        }
        boolean counts = !decision.at().isBefore(since)
                && decision.factOffset() < readBefore.getOrDefault(event.partition(), 0L);
        if (counts) {
            decisions.put(
                    new Place(key, event.partition(), decision.factOffset()),
                    new Said(decision.action().name(), decision.current(), decision.desired(), decision.reason()));
        }
    }

    Instant since() {
        return since;
    }

    /** Decisions that at least one of them has told. */
    int decisions() {
        return places().size();
    }

    int workloads() {
        Set<String> workloads = new HashSet<>();
        places().forEach(place -> workloads.add(place.workload()));
        return workloads.size();
    }

    /** Each decision that is not the same, in words. */
    List<String> differences() {
        List<String> differences = new ArrayList<>();
        for (Place place : places()) {
            @Nullable Said ours = running.get(place);
            @Nullable Said theirs = shadow.get(place);
            if (ours == null || !ours.equals(theirs)) {
                differences.add("%s, fact %d of partition %d: %s, for show %s"
                        .formatted(place.workload(), place.fact(), place.partition(), words(ours), words(theirs)));
            }
        }
        return differences;
    }

    private static String words(@Nullable Said said) {
        return said == null ? "nothing new" : said.words();
    }

    private Set<Place> places() {
        Set<Place> places = new TreeSet<>(running.keySet());
        places.addAll(shadow.keySet());
        return places;
    }
}
