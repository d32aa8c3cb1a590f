package io.tidegate.contracts.fact;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.Inherited;
import io.tidegate.contracts.policy.PolicySpec;
import io.tidegate.contracts.policy.SpecProblem;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A ScalingPolicy as the API server has it, with what it inherits. Where its present spec can't be used, {@code spec} is the last one
 * that could, or has no signals if there was none, and {@code problem} says why.
 *
 * @param policy its id, the key
 * @param uid its uid in the API server
 * @param generation its generation
 * @param createdAt its creation time; the older of two policies for one target wins
 * @param workload what it scales
 * @param spec its rules, after inheritance
 * @param inherited what of them came from a profile; absent if nothing did
 * @param problem why its present spec can't be used; absent if it is
 */
public record PolicyFact(
        PolicyId policy,
        String uid,
        long generation,
        Instant createdAt,
        WorkloadId workload,
        PolicySpec spec,
        @Nullable Inherited inherited,
        @Nullable SpecProblem problem)
        implements Fact {

    @JsonCreator
    public PolicyFact(
            @JsonProperty("policy") PolicyId policy,
            @JsonProperty("uid") String uid,
            @JsonProperty("generation") long generation,
            @JsonProperty("createdAt") Instant createdAt,
            @JsonProperty("workload") WorkloadId workload,
            @JsonProperty("spec") PolicySpec spec,
            @JsonProperty("inherited") @Nullable Inherited inherited,
            @JsonProperty("problem") @Nullable SpecProblem problem) {
        this.policy = Objects.requireNonNull(policy, "policy");
        this.uid = Objects.requireNonNull(uid, "uid");
        this.createdAt = Objects.requireNonNull(createdAt, "createdAt");
        this.workload = Objects.requireNonNull(workload, "workload");
        this.spec = Objects.requireNonNull(spec, "spec");
        this.inherited = inherited;
        this.problem = problem;
        this.generation = generation;
        if (generation < 0) {
            throw new IllegalArgumentException("generation must not be negative: " + generation);
        }
    }

    /** A policy all of whose rules are its own. */
    public PolicyFact(
            PolicyId policy, String uid, long generation, Instant createdAt, WorkloadId workload, PolicySpec spec) {
        this(policy, uid, generation, createdAt, workload, spec, null, null);
    }

    /** The same with a problem. */
    public PolicyFact withProblem(SpecProblem why) {
        return new PolicyFact(policy, uid, generation, createdAt, workload, spec, inherited, why);
    }

    @Override
    public String key() {
        return policy.toString();
    }
}
