package io.tidegate.collector.world;

import io.tidegate.contracts.topic.DomainPartitions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The shards of this instance and how far each is taken over. Used by one thread. */
final class Shards {

    private final int partitions;
    private final Map<Integer, Ownership> owned = new HashMap<>();
    private int lastEpoch;

    /**
     * @param epoch differs each time the shard is assigned
     * @param state how far it is taken over
     */
    record Ownership(int epoch, State state) {}

    /** How far a shard is taken over. */
    enum State {
        /** What was published of it before is being read. */
        LEARNING,
        /** Policies and workloads are published; samples wait until those are in the log. */
        PUBLISHING,
        /** All is published. */
        SAMPLING
    }

    Shards(int partitions) {
        this.partitions = partitions;
    }

    int of(String key) {
        return DomainPartitions.of(key, partitions);
    }

    /** Takes shards; returns the epoch that tells this from another time. */
    int assign(Set<Integer> shards) {
        lastEpoch++;
        shards.forEach(shard -> owned.put(shard, new Ownership(lastEpoch, State.LEARNING)));
        return lastEpoch;
    }

    void revoke(Set<Integer> shards) {
        owned.keySet().removeAll(shards);
    }

    /** Moves those on that are still owned since that epoch, and returns them. */
    Set<Integer> advance(Set<Integer> shards, int epoch, State state) {
        Set<Integer> still = shards.stream()
                .filter(shard -> owned.containsKey(shard) && epochOf(shard) == epoch)
                .collect(Collectors.toUnmodifiableSet());
        still.forEach(shard -> owned.put(shard, new Ownership(epoch, state)));
        return still;
    }

    /** Whether this key lies in a shard of this instance. */
    boolean owns(String key) {
        return owned.containsKey(of(key));
    }

    /** Whether policies and workloads of this key are published by this instance. */
    boolean publishes(String key) {
        Ownership ownership = owned.get(of(key));
        return ownership != null && ownership.state() != State.LEARNING;
    }

    /** Whether signals of this key are sampled by this instance. */
    boolean samples(String key) {
        Ownership ownership = owned.get(of(key));
        return ownership != null && ownership.state() == State.SAMPLING;
    }

    /** Shards that are fully taken over. */
    Set<Integer> sampled() {
        return owned.entrySet().stream()
                .filter(entry -> entry.getValue().state() == State.SAMPLING)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    Set<Integer> all() {
        return Set.copyOf(owned.keySet());
    }

    private int epochOf(int shard) {
        Ownership ownership = owned.get(shard);
        return ownership == null ? -1 : ownership.epoch();
    }
}
