package io.tidegate.policyengine.decide;

import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.policy.PolicySpec;
import io.tidegate.contracts.policy.SpecProblem;
import io.tidegate.decision.policy.Policy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The rules of policies, read once for each spec rather than for each decision. Used by one thread. */
public final class PolicyRules {

    /** A rule set takes about 1 KiB. */
    private static final int KEPT = 10_000;

    private final Map<PolicyId, Read> read = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PolicyId, Read> eldest) {
            return size() > KEPT;
        }
    };

    /** What came of reading the rules of a policy. */
    public sealed interface Rules {

        /** They can be decided by. */
        record Usable(Policy policy) implements Rules {}

        /** They can't be decided by, and why. */
        record Unusable(String sentence) implements Rules {}
    }

    private record Read(PolicySpec spec, Rules rules) {}

    /** The rules of a policy. */
    public Rules of(PolicyFact policy) {
        SpecProblem problem = policy.problem();
        if (problem != null && !policy.spec().hasRules()) {
            return unusable(problem.message());
        }
        Read known = read.get(policy.policy());
        if (known != null && Objects.equals(known.spec(), policy.spec())) {
            return known.rules();
        }
        Rules rules = read(policy.spec());
        read.put(policy.policy(), new Read(policy.spec(), rules));
        return rules;
    }

    private static Rules read(PolicySpec spec) {
        try {
            return new Rules.Usable(CorePolicies.of(spec));
        } catch (IllegalArgumentException e) {
            return unusable(String.valueOf(e.getMessage()));
        }
    }

    private static Rules unusable(String why) {
        return new Rules.Unusable("Nothing can be decided by this policy: " + why + (why.endsWith(".") ? "" : "."));
    }
}
