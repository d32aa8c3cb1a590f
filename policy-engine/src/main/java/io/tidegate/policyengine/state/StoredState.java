package io.tidegate.policyengine.state;

import io.tidegate.contracts.decision.DecisionRecord;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.wire.Json;
import io.tidegate.policyengine.state.binary.UnreadableBytesException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** Reads the store of one partition. What can't be read, left by another version perhaps, counts as absent. */
public final class StoredState {

    private final ReadOnlyKeyValueStore<String, byte[]> store;
    private final Lost lost;

    public StoredState(ReadOnlyKeyValueStore<String, byte[]> store, Lost lost) {
        this.store = store;
        this.lost = lost;
    }

    /** What is remembered of a workload. */
    public Optional<WorkloadState> workload(WorkloadId workload) {
        String key = StateKeys.workload(workload);
        return read(key, store.get(key), value -> workload(workload, value));
    }

    /** The same, with the value that is kept. */
    Optional<WorkloadState> workload(String key, byte[] value) {
        return read(key, value, bytes -> workload(StateKeys.workload(key), bytes));
    }

    private WorkloadState workload(WorkloadId workload, byte[] value) {
        return StateCodec.read(workload, value, signal -> sample(workload, signal), lost);
    }

    private @Nullable ObservedSample sample(WorkloadId workload, String signal) {
        String key = StateKeys.sample(workload, signal);
        return read(key, store.get(key), StateCodec::readBeside).orElse(null);
    }

    /** A policy. */
    Optional<PolicyState> policy(String key) {
        return read(key, store.get(key), value -> StateJson.read(value, PolicyState.class));
    }

    /** The log's time where append times went back. */
    Optional<EngineStore.LogClock> clock() {
        return read(
                StateKeys.CLOCK,
                store.get(StateKeys.CLOCK),
                value -> StateJson.read(value, EngineStore.LogClock.class));
    }

    /** The last target of a key. */
    public Optional<Target> target(String targetKey) {
        return read(StateKeys.target(targetKey), targetBody(targetKey), value -> body(value, Target.class));
    }

    /** A kept decision. */
    public Optional<DecisionRecord> decision(WorkloadId workload, long sequence) {
        return read(
                StateKeys.decision(workload, sequence),
                decisionBody(workload, sequence),
                value -> body(value, DecisionRecord.class));
    }

    /** Ids of the first workloads, in their order. */
    public List<WorkloadId> workloads(int limit) {
        List<WorkloadId> ids = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = store.range(StateKeys.WORKLOADS_FROM, StateKeys.WORKLOADS_TO)) {
            while (all.hasNext() && ids.size() < limit) {
                ids.add(StateKeys.workload(all.next().key));
            }
        }
        return ids;
    }

    byte @Nullable [] targetBody(String targetKey) {
        return store.get(StateKeys.target(targetKey));
    }

    byte @Nullable [] decisionBody(WorkloadId workload, long sequence) {
        return store.get(StateKeys.decision(workload, sequence));
    }

    private <T> Optional<T> read(String key, byte @Nullable [] value, Function<byte[], T> decode) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(decode.apply(value));
        } catch (UnreadableBytesException | IllegalArgumentException e) {
            lost.tell(key, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static <T> T body(byte[] body, Class<T> type) {
        try {
            return Json.mapper().readValue(body, type);
        } catch (IOException e) {
            throw new UnreadableBytesException("not a valid " + type.getSimpleName());
        }
    }
}
