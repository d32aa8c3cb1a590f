package io.tidegate.policyengine.state;

import io.tidegate.contracts.decision.DecisionRecord;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.wire.EventCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** State of one partition, as its one writer sees it: what was used last is at hand without decoding. */
public final class EngineStore {

    /** Name of the store, and part of its changelog's name. */
    public static final String NAME = "state";

    /** Broker and producer take records of up to 1 MiB by default; this leaves room for their own bytes. */
    public static final int MAX_VALUE_BYTES = 900_000;

    private static final int CACHED = 10_000;

    private final KeyValueStore<String, byte[]> store;
    private final StoredState stored;
    private final StateCodec codec = new StateCodec();
    private final Map<WorkloadId, WorkloadState> workloads = new RecentlyUsed<>(CACHED);
    private final Map<PolicyId, PolicyState> policies = new RecentlyUsed<>(CACHED);
    private final Map<String, Target> targets = new RecentlyUsed<>(CACHED);

    /**
     * The store of a partition.
     *
     * @param lost is told of each workload and policy that can't be read, once, since it is deleted then
     */
    public EngineStore(KeyValueStore<String, byte[]> store, Lost lost) {
        this.store = store;
        this.stored = new StoredState(store, lost);
    }

    /** What is remembered of a workload. */
    public Optional<WorkloadState> workload(WorkloadId id) {
        WorkloadState known = workloads.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<WorkloadState> read = stored.workload(id);
        if (read.isPresent()) {
            workloads.put(id, read.get());
        } else if (store.get(StateKeys.workload(id)) != null) {
            deleteUnreadable(StateKeys.workload(id));
        }
        return read;
    }

    /** Without its state, nobody knows which decisions are kept. */
    private void deleteUnreadable(String key) {
        delete(key);
        List<String> decisions = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all =
                store.range(StateKeys.decisionsFrom(key), StateKeys.decisionsTo(key))) {
            while (all.hasNext()) {
                decisions.add(all.next().key);
            }
        }
        decisions.forEach(this::delete);
    }

    /**
     * Remembers a workload.
     *
     * @throws StateTooLargeException if it is larger than a changelog takes; nothing has changed then
     */
    public void put(WorkloadId id, WorkloadState state) throws StateTooLargeException {
        byte[] value = codec.write(id, state);
        List<ObservedSample> beside = codec.beside(state);
        requireFits(id, value);
        for (ObservedSample sample : beside) {
            requireFits(id, codec.bytes(sample));
        }
        WorkloadState before = workloads.put(id, state);
        List<ObservedSample> besideBefore = before == null ? List.of() : codec.beside(before);
        // Samples come first: after a crash in between, the fact that brought one is read again, and brings the same.
        for (ObservedSample sample : beside) {
            if (besideBefore.stream().noneMatch(sample::isThis)) {
                store.put(StateKeys.sample(id, sample.signal()), codec.writeBeside(sample));
            }
        }
        store.put(StateKeys.workload(id), value);
        for (ObservedSample sample : besideBefore) {
            if (beside.stream().noneMatch(other -> other.signal().equals(sample.signal()))) {
                delete(StateKeys.sample(id, sample.signal()));
            }
        }
    }

    /** The store's own deletion would read the value first. */
    private void delete(String key) {
        store.put(key, null);
    }

    private static void requireFits(WorkloadId id, byte[] value) throws StateTooLargeException {
        if (value.length > MAX_VALUE_BYTES) {
            throw new StateTooLargeException(id, value.length);
        }
    }

    /** Forgets a workload, its decisions and targets included. */
    public void remove(WorkloadId id, WorkloadState state) {
        for (Emitted.KeptDecision decision : state.emitted().decisions()) {
            removeDecision(id, decision.sequence());
        }
        for (Emitted.KeptTarget target : state.emitted().targets()) {
            removeTarget(target.key());
        }
        for (ObservedSample sample : codec.beside(state)) {
            delete(StateKeys.sample(id, sample.signal()));
        }
        delete(StateKeys.workload(id));
        workloads.remove(id);
    }

    /** Passes all workloads, in the order of their ids; they may not be changed meanwhile. */
    public void forEachWorkload(BiConsumer<WorkloadId, WorkloadState> action) {
        List<String> unreadable = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = store.range(StateKeys.WORKLOADS_FROM, StateKeys.WORKLOADS_TO)) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> entry = all.next();
                Optional<WorkloadState> read = stored.workload(entry.key, entry.value);
                if (read.isPresent()) {
                    WorkloadId id = StateKeys.workload(entry.key);
                    workloads.put(id, read.get());
                    action.accept(id, read.get());
                } else {
                    unreadable.add(entry.key);
                }
            }
        }
        unreadable.forEach(this::deleteUnreadable);
    }

    /** A policy as last seen. */
    public Optional<PolicyState> policy(PolicyId id) {
        PolicyState known = policies.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        String key = StateKeys.policy(id);
        Optional<PolicyState> read = stored.policy(key);
        if (read.isPresent()) {
            policies.put(id, read.get());
        } else if (store.get(key) != null) {
            delete(key);
        }
        return read;
    }

    /** Remembers a policy. */
    public void put(PolicyState policy) {
        PolicyId id = policy.fact().policy();
        store.put(StateKeys.policy(id), StateJson.write(policy));
        policies.put(id, policy);
    }

    /** Forgets a policy. */
    public void removePolicy(PolicyId id) {
        delete(StateKeys.policy(id));
        policies.remove(id);
    }

    /** The last target of a key. */
    public Optional<Target> target(String targetKey) {
        Target known = targets.get(targetKey);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Target> read = stored.target(targetKey);
        read.ifPresent(target -> targets.put(targetKey, target));
        return read;
    }

    /** Body of the last target of a key, as it was told. */
    public Optional<byte[]> targetBody(String targetKey) {
        return Optional.ofNullable(stored.targetBody(targetKey));
    }

    /** Keeps a target, and gives its body. */
    public byte[] keep(Target target) {
        byte[] body = body(target);
        store.put(StateKeys.target(target.key()), body);
        targets.put(target.key(), target);
        return body;
    }

    /** Forgets a target. */
    public void removeTarget(String targetKey) {
        delete(StateKeys.target(targetKey));
        targets.remove(targetKey);
    }

    /** A kept decision. */
    public Optional<DecisionRecord> decision(WorkloadId workload, long sequence) {
        return stored.decision(workload, sequence);
    }

    /** Body of a kept decision, as it was told. */
    public Optional<byte[]> decisionBody(WorkloadId workload, long sequence) {
        return Optional.ofNullable(stored.decisionBody(workload, sequence));
    }

    /** Keeps a decision, and gives its body. */
    public byte[] keep(DecisionRecord decision) {
        byte[] body = EventCodec.body(decision);
        store.put(StateKeys.decision(decision.workload(), decision.sequence()), body);
        return body;
    }

    /** Forgets a decision. */
    public void removeDecision(WorkloadId workload, long sequence) {
        delete(StateKeys.decision(workload, sequence));
    }

    /** The greatest append time that lies before a fact appended earlier than one before it. */
    public Optional<LogClock> clock() {
        return stored.clock();
    }

    /** Keeps it. */
    public void put(LogClock clock) {
        store.put(StateKeys.CLOCK, StateJson.write(clock));
    }

    private static byte[] body(Target target) {
        byte[] body = EventCodec.body(target);
        if (body == null) {
            throw new IllegalStateException("a target has a body");
        }
        return body;
    }

    /**
     * The log's time where append times went back.
     *
     * @param offset offset of the fact with the earlier append time
     * @param logTime greatest append time before it, in milliseconds
     */
    public record LogClock(long offset, long logTime) {}

    private static final class RecentlyUsed<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;

        private final int limit;

        RecentlyUsed(int limit) {
            super(64, 0.75f, true);
            this.limit = limit;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > limit;
        }
    }
}
