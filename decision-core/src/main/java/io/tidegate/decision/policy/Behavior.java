package io.tidegate.decision.policy;

import java.util.Objects;

/** How fast the size may follow the recommendation, with the words and the meaning of autoscaling/v2. */
public record Behavior(ScalingRules scaleUp, ScalingRules scaleDown) {
    public Behavior {
        Objects.requireNonNull(scaleUp, "scaleUp");
        Objects.requireNonNull(scaleDown, "scaleDown");
    }
}
