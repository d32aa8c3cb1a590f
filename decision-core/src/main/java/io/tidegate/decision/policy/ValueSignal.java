package io.tidegate.decision.policy;

import java.util.Objects;

/**
 * One number from outside, such as the result of a query, with the meaning of autoscaling/v2's External metrics.
 *
 * @param target what the number is meant to be
 * @param activationMilli the workload is active while the number is above this; thousandths, 0 or more
 */
public record ValueSignal(String name, ValueTarget target, long activationMilli) implements Signal {
    public ValueSignal {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a signal needs a name");
        }
        Objects.requireNonNull(target, "target");
        if (activationMilli < 0) {
            throw new IllegalArgumentException("activation must not be negative: " + activationMilli + " thousandths");
        }
    }
}
