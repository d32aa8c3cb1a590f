package io.tidegate.policyengine.decide;

import io.tidegate.decision.Memory;
import io.tidegate.decision.Step;
import io.tidegate.decision.model.Snapshot;
import io.tidegate.decision.policy.Policy;
import java.time.Instant;

/** Decision-core, as the engine calls it. */
@FunctionalInterface
public interface DecisionFunction {

    /** Decides; the same arguments give the same step. */
    Step decide(Policy policy, Snapshot snapshot, Memory memory, Instant now);
}
