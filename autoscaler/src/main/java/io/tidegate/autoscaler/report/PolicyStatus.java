package io.tidegate.autoscaler.report;

import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.target.Target.Condition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a policy's status must say.
 *
 * @param target what the engine said last
 * @param current replicas there are, as far as is known here; null if not known
 * @param applied what became of the target
 * @param fallback whether the fallback holds
 */
record PolicyStatus(Target target, @Nullable Integer current, Condition applied, Condition fallback) {

    static final String APPLIED = "Applied";
    static final String FALLBACK = "FallbackActive";

    static final Condition STREAM_FLOWS = new Condition(FALLBACK, "False", "StreamFlows", "decisions arrive");

    /** All conditions, ours last and in place of any of the same type. */
    List<Condition> conditions() {
        List<Condition> all = new ArrayList<>();
        for (Condition condition : target.conditions()) {
            boolean ours = condition.type().equals(APPLIED) || condition.type().equals(FALLBACK);
            if (!ours && all.stream().noneMatch(seen -> seen.type().equals(condition.type()))) {
                all.add(condition);
            }
        }
        all.add(applied);
        all.add(fallback);
        return List.copyOf(all);
    }

    PolicyStatus withApplied(Condition newApplied, @Nullable Integer newCurrent) {
        return new PolicyStatus(target, newCurrent, newApplied, fallback);
    }

    PolicyStatus withFallback(Condition newFallback) {
        return new PolicyStatus(target, current, applied, newFallback);
    }
}
