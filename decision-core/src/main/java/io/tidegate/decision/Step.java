package io.tidegate.decision;

import io.tidegate.decision.model.Decision;
import java.time.Instant;
import java.util.Objects;

/**
 * The result of one decision.
 *
 * @param memory what the next decision of this workload must be given
 * @param nextDue when time alone could change the decision; at most an hour ahead
 */
public record Step(Decision decision, Memory memory, Instant nextDue) {
    public Step {
        Objects.requireNonNull(decision, "decision");
        Objects.requireNonNull(memory, "memory");
        Objects.requireNonNull(nextDue, "nextDue");
    }
}
