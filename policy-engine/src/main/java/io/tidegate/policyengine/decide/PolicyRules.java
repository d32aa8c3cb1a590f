package io.tidegate.policyengine.decide;

import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.policy.PolicySpec;
import io.tidegate.contracts.policy.SpecProblem;
import io.tidegate.decision.policy.Policy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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

    private record Read(PolicySpec spec, Rules rules, String hash) {}

    /** The rules of a policy. */
    public Rules of(PolicyFact policy) {
        SpecProblem problem = policy.problem();
        return problem != null && !policy.spec().hasRules()
                ? unusable(problem.message())
                : known(policy).rules();
    }

    /** The hash of the rules of a policy; null if it has none. */
    public @Nullable String hash(PolicyFact policy) {
        return policy.spec().hasRules() ? known(policy).hash() : null;
    }

    private Read known(PolicyFact policy) {
        Read known = read.get(policy.policy());
        if (known != null && Objects.equals(known.spec(), policy.spec())) {
            return known;
        }
        Read fresh = new Read(policy.spec(), read(policy.spec()), SpecHash.of(policy.spec()));
        read.put(policy.policy(), fresh);
        return fresh;
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
