package io.tidegate.policyengine.topology;

import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.policyengine.state.Emitted;
import io.tidegate.policyengine.state.Emitted.KeptDecision;
import io.tidegate.policyengine.state.EngineStore;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Drops decisions that are kept beside the state, once they are neither among the last ones nor may have to be told again: a
 * decision whose fact is committed lies with the broker, and any other is told again after a crash.
 */
final class KeptDecisions {

    /** With more than these, a commit is asked for: what comes until then lies in the consumer's buffer, a few thousand facts at most. */
    static final int COMMIT_ABOVE = 4 * Emitted.KEPT_DECISIONS;

    private final EngineStore store;
    private final ProcessorContext<?, ?> context;
    private final CommittedOffsets committed;

    KeptDecisions(EngineStore store, ProcessorContext<?, ?> context, CommittedOffsets committed) {
        this.store = store;
        this.context = context;
        this.committed = committed;
        committed.forget(context.taskId().partition());
    }

    /** Drops what need not be kept of a workload, and gives what is still kept. */
    Emitted release(WorkloadId workload, Emitted emitted) {
        List<KeptDecision> releasable =
                emitted.releasable(committed.of(context.taskId().partition()));
        releasable.forEach(decision -> store.removeDecision(workload, decision.sequence()));
        Emitted kept = releasable.isEmpty() ? emitted : emitted.withoutOldest(releasable.size());
        if (kept.decisions().size() > COMMIT_ABOVE) {
            context.commit();
        }
        return kept;
    }
}
