package io.tidegate.contracts.fact;

import io.tidegate.contracts.id.PolicyId;

/**
 * A policy is gone; its workload keeps the size it has. On the wire: the policy's key and a null body.
 *
 * @param policy the policy that is gone
 */
public record PolicyTombstone(PolicyId policy) implements Fact {
    @Override
    public String key() {
        return policy.toString();
    }
}
