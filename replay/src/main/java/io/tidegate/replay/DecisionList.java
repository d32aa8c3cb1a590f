package io.tidegate.replay;

import io.tidegate.contracts.decision.DecisionRecord;
import io.tidegate.contracts.wire.EventCodec;
import io.tidegate.contracts.wire.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * The decisions on each workload, in their order, each once: as ids and digests of their bytes, so that any number of them
 * fits into memory. One that is told again must be the same again.
 */
final class DecisionList {

    private final long[] factEnds;
    private final Map<String, LinkedHashMap<String, Told>> byWorkload = new TreeMap<>();
    private final List<String> conflicts = new ArrayList<>();
    private long duplicates;

    /** @param factEnds for each partition the offset from which on facts don't count */
    DecisionList(long[] factEnds) {
        this.factEnds = factEnds.clone();
    }

    /** Adds a record of tidegate.decisions; one on a later fact is left out. */
    void add(RecordedEvent event) {
        String workload = event.key() == null ? "" : new String(event.key(), StandardCharsets.UTF_8);
        DecisionRecord decision = decision(workload, event);
        if (decision.factOffset() >= factEnds[event.partition()]) {
            return;
        }
        Told told = new Told(event.partition(), event.offset(), decision.factOffset(), digest(event.value()));
        Told before = byWorkload
                .computeIfAbsent(workload, absent -> new LinkedHashMap<>())
                .putIfAbsent(id(event), told);
        if (before != null) {
            duplicates++;
            if (!before.digest().equals(told.digest())) {
                conflicts.add(workload + ": decision " + id(event) + " was told twice with different bytes, at offsets "
                        + before.offset() + " and " + told.offset() + " of partition " + told.partition());
            }
        }
    }

    int workloads() {
        return byWorkload.size();
    }

    long decisions() {
        return byWorkload.values().stream().mapToLong(Map::size).sum();
    }

    /** Records that said again what an earlier one had said. */
    long duplicates() {
        return duplicates;
    }

    /** Decisions that were told again with other bytes, in words. */
    List<String> conflicts() {
        return List.copyOf(conflicts);
    }

    /** The first difference of each workload. */
    List<Difference> differences(DecisionList other) {
        List<Difference> differences = new ArrayList<>();
        TreeMap<String, Integer> workloads = new TreeMap<>();
        byWorkload.keySet().forEach(workload -> workloads.put(workload, 0));
        other.byWorkload.keySet().forEach(workload -> workloads.put(workload, 0));
        for (String workload : workloads.keySet()) {
            List<Map.Entry<String, Told>> ours = entries(workload);
            List<Map.Entry<String, Told>> theirs = other.entries(workload);
            for (int i = 0; i < Math.max(ours.size(), theirs.size()); i++) {
                Map.@Nullable Entry<String, Told> mine = i < ours.size() ? ours.get(i) : null;
                Map.@Nullable Entry<String, Told> its = i < theirs.size() ? theirs.get(i) : null;
                if (mine == null || its == null || !same(mine, its)) {
                    differences.add(new Difference(
                            workload, i, mine == null ? null : mine.getValue(), its == null ? null : its.getValue()));
                    break;
                }
            }
        }
        return differences;
    }

    private static boolean same(Map.Entry<String, Told> one, Map.Entry<String, Told> other) {
        return one.getKey().equals(other.getKey())
                && one.getValue().digest().equals(other.getValue().digest());
    }

    private List<Map.Entry<String, Told>> entries(String workload) {
        LinkedHashMap<String, Told> told = byWorkload.get(workload);
        return told == null ? List.of() : List.copyOf(told.entrySet());
    }

    private static DecisionRecord decision(String key, RecordedEvent event) {
        try {
            return EventCodec.decision(key, event.value(), event.kafkaHeaders()).body();
        } catch (UnreadableRecordException e) {
            throw new IllegalArgumentException(
                    "a record of the decisions can't be read, partition " + event.partition() + ", offset "
                            + event.offset() + ": " + e.getMessage(),
                    e);
        }
    }

    private static String id(RecordedEvent event) {
        for (Header header : event.headers()) {
            if (header.key().equals("ce_id") && header.value() != null) {
                return new String(header.value(), StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    private static String digest(byte @Nullable [] value) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(value == null ? new byte[0] : value);
            return HexFormat.of().formatHex(Arrays.copyOf(hash, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * A decision that was told.
     *
     * @param partition where
     * @param offset where in it
     * @param factOffset offset of the fact that led to it
     * @param digest of its bytes
     */
    record Told(int partition, long offset, long factOffset, String digest) {}

    /**
     * Where the decisions on a workload first differ.
     *
     * @param workload its id
     * @param index how many decisions are the same
     * @param recorded the recorded one; null if there is none
     * @param rerun the other; null if there is none
     */
    record Difference(
            String workload,
            int index,
            @Nullable Told recorded,
            @Nullable Told rerun) {}
}
