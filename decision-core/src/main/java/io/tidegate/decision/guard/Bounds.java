package io.tidegate.decision.guard;

import io.tidegate.decision.model.Reason;
import io.tidegate.decision.model.Verdict;
import java.util.Optional;

/** The policy's smallest and largest size. Absolute: they hold whatever is or is not known. */
public record Bounds() implements Guard {
    public static final String NAME = "bounds";

    @Override
    public Verdict judge(Situation situation, int size) {
        if (size > situation.policy().max()) {
            return Guard.limit(
                    NAME, situation, size, situation.policy().max(), Reason.TOO_MANY_REPLICAS, Optional.empty());
        }
        if (size < situation.policy().min()) {
            return Guard.limit(
                    NAME, situation, size, situation.policy().min(), Reason.TOO_FEW_REPLICAS, Optional.empty());
        }
        return Verdict.pass(NAME, size);
    }
}
