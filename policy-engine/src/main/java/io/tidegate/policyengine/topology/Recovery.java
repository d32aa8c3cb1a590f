package io.tidegate.policyengine.topology;

import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.policyengine.state.DueIndex;
import io.tidegate.policyengine.state.EngineStore;
import io.tidegate.policyengine.state.StateTooLargeException;
import io.tidegate.policyengine.state.WorkloadState;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/** What happens before the first fact after taking over a partition. */
final class Recovery {

    private static final Logger LOG = Logger.getLogger(Recovery.class);

    private final EngineStore store;
    private final DueIndex due;
    private final Telling telling;

    Recovery(EngineStore store, DueIndex due, Telling telling) {
        this.store = store;
        this.due = due;
        this.telling = telling;
    }

    /** Finds what is due, and tells again what was told from the first offset on. */
    void recover(long firstOffset) {
        Map<WorkloadId, WorkloadState> toldAgain = new LinkedHashMap<>();
        store.forEachWorkload((workload, state) -> {
            due.set(workload, isWhole(workload, state) ? state.dueAt() : 0);
            WorkloadState after = telling.again(workload, state, firstOffset);
            if (!after.equals(state)) {
                toldAgain.put(workload, after);
            }
        });
        toldAgain.forEach(this::put);
    }

    /** After a crash a workload may list a policy that is gone or has moved on; it is decided again at the next tick. */
    private boolean isWhole(WorkloadId workload, WorkloadState state) {
        for (PolicyId id : state.policies()) {
            if (store.policy(id)
                    .filter(policy -> policy.fact().workload().equals(workload))
                    .isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private void put(WorkloadId workload, WorkloadState state) {
        try {
            store.put(workload, state);
        } catch (StateTooLargeException e) {
            LOG.errorf("told targets may be told again workload=%s reason=%s", workload, e.getMessage());
        }
    }
}
