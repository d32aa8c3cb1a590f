package io.tidegate.collector.kubernetes;

import io.tidegate.collector.world.ClusterListener;
import io.tidegate.collector.world.ConnectionId;
import io.tidegate.collector.world.Endpoint;
import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.WorkloadFact;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.SpecProblem;
import java.time.Instant;
import java.util.Optional;

/** Takes no notice of anything; a test overrides what it is about. */
class SilentListener implements ClusterListener {

    @Override
    public void policy(PolicyFact policy, Instant observedAt) {}

    @Override
    public void policyRefused(
            PolicyId policy, Optional<PolicyFact> withoutRules, SpecProblem problem, Instant observedAt) {}

    @Override
    public void policyGone(PolicyId policy) {}

    @Override
    public void connection(ConnectionId connection, Endpoint endpoint) {}

    @Override
    public void connectionGone(ConnectionId connection) {}

    @Override
    public void listed() {}

    @Override
    public void workload(WorkloadFact workload, Instant observedAt) {}

    @Override
    public void pods(WorkloadId workload, Reading reading, Instant observedAt) {}
}
