package io.tidegate.policyengine.state;

import io.tidegate.contracts.decision.DecisionRecord;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.wire.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads the store of one partition. What can't be read, left by another version perhaps, counts as absent. */
public final class StoredState {

    private static final Logger LOG = Logger.getLogger(StoredState.class);

    private final ReadOnlyKeyValueStore<String, byte[]> store;

    public StoredState(ReadOnlyKeyValueStore<String, byte[]> store) {
        this.store = store;
    }

    /** What is remembered of a workload. */
    public Optional<WorkloadState> workload(WorkloadId workload) {
        return read(StateKeys.workload(workload), WorkloadState.class);
    }

    /** The last target of a key. */
    public Optional<Target> target(String targetKey) {
        return readBody(targetBody(targetKey), Target.class, targetKey);
    }

    /** A kept decision. */
    public Optional<DecisionRecord> decision(WorkloadId workload, long sequence) {
        return readBody(decisionBody(workload, sequence), DecisionRecord.class, workload.toString());
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

    <T> Optional<T> read(String key, Class<T> type) {
        return decode(key, store.get(key), type);
    }

    static <T> Optional<T> decode(String key, byte @Nullable [] value, Class<T> type) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(StateJson.read(value, type));
        } catch (IOException e) {
            LOG.errorf("state could not be read and counts as lost key=%s reason=%s", key, e.getMessage());
            return Optional.empty();
        }
    }

    private static <T> Optional<T> readBody(byte @Nullable [] body, Class<T> type, String key) {
        if (body == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.mapper().readValue(body, type));
        } catch (IOException e) {
            LOG.errorf("kept record could not be read and counts as lost key=%s reason=%s", key, e.getMessage());
            return Optional.empty();
        }
    }
}
