package io.tidegate.contracts.fact;

import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.PolicySpec;
import java.time.Instant;
import java.util.Objects;

/**
 * A ScalingPolicy as the API server has it.
 *
 * @param policy its id, the key
 * @param uid its uid in the API server
 * @param generation its generation
 * @param createdAt its creation time; the older of two policies for one target wins
 * @param workload what it scales
 * @param spec its rules
 */
public record PolicyFact(
        PolicyId policy, String uid, long generation, Instant createdAt, WorkloadId workload, PolicySpec spec)
        implements Fact {
    public PolicyFact {
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(uid, "uid");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(workload, "workload");
        Objects.requireNonNull(spec, "spec");
        if (generation < 0) {
            throw new IllegalArgumentException("generation must not be negative: " + generation);
        }
    }

    @Override
    public String key() {
        return policy.toString();
    }
}
