package io.tidegate.collector.world;

import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.fact.WorkloadFact;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.SpecProblem;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What there is in the cluster, as last observed. Used by one thread. */
final class Inventory {

    private static final Comparator<PolicyFact> AGE = Comparator.comparing(Seniority::of);

    final Map<PolicyId, PolicyFact> policies = new HashMap<>();
    /** Why each policy that is there, but can't be used as it is, can't be. */
    final Map<PolicyId, SpecProblem> refused = new HashMap<>();

    final Map<ConnectionId, Endpoint> connections = new HashMap<>();
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
        return policies.containsKey(policy) || refused.containsKey(policy);
    }

    /** Takes a policy that can't be used: the last one that could stays, told with why; else it is kept without rules. */
    Optional<PolicyFact> refuse(PolicyId policy, Optional<PolicyFact> withoutRules, SpecProblem problem) {
        refused.put(policy, problem);
        Optional<PolicyFact> kept = Optional.ofNullable(policies.get(policy))
                .filter(last -> hasRules(last) && (withoutRules.isEmpty() || isSame(last, withoutRules.get())))
                .or(() -> withoutRules)
                .map(fact -> fact.withProblem(problem));
        kept.ifPresent(fact -> policies.put(policy, fact));
        return kept;
    }

    /** Takes the last good spec of a policy that can't be used as it is, from what was published before. */
    void restore(PolicyFact before) {
        SpecProblem problem = refused.get(before.policy());
        PolicyFact present = policies.get(before.policy());
        if (problem != null
                && hasRules(before)
                && (present == null || (!hasRules(present) && isSame(before, present)))) {
            policies.put(before.policy(), before.withProblem(problem));
        }
    }

    private static boolean hasRules(PolicyFact policy) {
        return policy.spec().hasRules();
    }

    /** Whether two facts speak of one object, rather than of two that had its name one after the other. */
    private static boolean isSame(PolicyFact one, PolicyFact other) {
        return one.uid().equals(other.uid());
    }
}
