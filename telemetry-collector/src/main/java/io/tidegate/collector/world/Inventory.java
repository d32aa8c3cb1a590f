package io.tidegate.collector.world;

import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.fact.WorkloadFact;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What there is in the cluster, as last observed. Used by one thread. */
final class Inventory {

    /** The older of two policies for one workload wins: by creation time, then by name. */
    private static final Comparator<PolicyFact> AGE = Comparator.comparing(PolicyFact::createdAt)
            .thenComparing(policy -> policy.policy().name());

    final Map<PolicyId, PolicyFact> policies = new HashMap<>();
    /** Policies that are there, but can't be used. */
    final Set<PolicyId> refused = new HashSet<>();

    final Map<ConnectionId, String> connections = new HashMap<>();
    final Map<WorkloadId, WorkloadFact> workloads = new HashMap<>();

    /** For each workload that a policy speaks of, the policy that wins. */
    Map<WorkloadId, PolicyFact> winners() {
        Map<WorkloadId, PolicyFact> winners = new TreeMap<>(Comparator.comparing(WorkloadId::toString));
        for (PolicyFact policy : policies.values()) {
            winners.merge(policy.workload(), policy, (one, other) -> AGE.compare(one, other) <= 0 ? one : other);
        }
        return winners;
    }

    boolean isThere(PolicyId policy) {
        return policies.containsKey(policy) || refused.contains(policy);
    }
}
