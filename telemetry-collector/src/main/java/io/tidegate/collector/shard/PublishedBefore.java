package io.tidegate.collector.shard;

import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import java.util.Map;
import java.util.Set;

/**
 * What was published of some shards by whoever owned them before, and not taken back.
 *
 * @param policies policies by id; one whose record can't be read is missing here, but in {@code policyIds}
 * @param policyIds ids of all policies
 * @param workloads ids of all workloads
 */
public record PublishedBefore(Map<PolicyId, PolicyFact> policies, Set<PolicyId> policyIds, Set<WorkloadId> workloads) {
    public PublishedBefore {
        policies = Map.copyOf(policies);
        policyIds = Set.copyOf(policyIds);
        workloads = Set.copyOf(workloads);
    }
}
