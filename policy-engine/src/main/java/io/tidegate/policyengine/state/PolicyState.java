package io.tidegate.policyengine.state;

import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.id.WorkloadId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A policy as last seen.
 *
 * @param offset offset of the last fact applied
 * @param fact the policy
 * @param movedFrom the workload that it named before; absent if it always named the same
 */
public record PolicyState(
        long offset, PolicyFact fact, @Nullable WorkloadId movedFrom) {
    public PolicyState {
        Objects.requireNonNull(fact, "fact");
    }
}
