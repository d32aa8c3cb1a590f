package io.tidegate.decision.formula;

import java.util.List;
import java.util.Objects;

/** What a formula gives at one moment. */
public sealed interface FormulaResult {
    /** A size, rounded up; at most {@link Integer#MAX_VALUE}. */
    record Size(int replicas) implements FormulaResult {}

    /** Nothing, because these of its signals are unknown, and no {@code ??} says what to do without them. */
    record Missing(List<String> signals) implements FormulaResult {
        public Missing {
            signals = List.copyOf(signals);
        }
    }

    /** Nothing, because some step has no finite result, or because the last one is no size; {@code why} says which. */
    record Fault(String why) implements FormulaResult {
        public Fault {
            Objects.requireNonNull(why, "why");
        }
    }
}
