package io.tidegate.collector.world;

import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.WorkloadFact;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.SpecProblem;
import java.time.Instant;
import java.util.Optional;

/** Is told what is observed in the cluster; returns at once. */
public interface ClusterListener {

    /** A policy is there, or has changed. */
    void policy(PolicyFact policy, Instant observedAt);

    /**
     * A policy is there whose spec can't be used, by itself or with what it inherits; the last good one stays.
     *
     * @param withoutRules the policy as it is, without rules; empty if not even what it scales can be read
     */
    void policyRefused(PolicyId policy, Optional<PolicyFact> withoutRules, SpecProblem problem, Instant observedAt);

    /** A policy is there no longer. */
    void policyGone(PolicyId policy);

    /** A connection is there, or has changed. */
    void connection(ConnectionId connection, Endpoint endpoint);

    /** A connection is there no longer. */
    void connectionGone(ConnectionId connection);

    /** All policies and connections that there are have been told. */
    void listed();

    /** A watched target, or its pods, changed. */
    void workload(WorkloadFact workload, Instant observedAt);

    /** The pods of a measured target with what they use, or why that is not known. */
    void pods(WorkloadId workload, Reading reading, Instant observedAt);
}
