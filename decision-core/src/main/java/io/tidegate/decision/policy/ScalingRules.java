package io.tidegate.decision.policy;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One direction of {@link Behavior}. What is left out takes autoscaling/v2's default, field by field.
 *
 * @param stabilizationWindow 0 s to 1 h
 * @param policies rate limits; empty means left out
 * @param tolerance share by which a ratio may miss its target without a change; left out means none for lag, and a
 *     tenth for resources
 */
public record ScalingRules(
        Optional<Duration> stabilizationWindow,
        Optional<SelectPolicy> selectPolicy,
        List<RateLimit> policies,
        OptionalDouble tolerance) {
    private static final ScalingRules UNSET =
            new ScalingRules(Optional.empty(), Optional.empty(), List.of(), OptionalDouble.empty());
    private static final Duration LONGEST = Duration.ofHours(1);

    public ScalingRules {
        stabilizationWindow.ifPresent(window -> {
            if (window.isNegative() || window.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("a stabilization window must be 0 s to 1 h: " + window);
            }
        });
        Objects.requireNonNull(selectPolicy, "selectPolicy");
        policies = List.copyOf(policies);
        if (tolerance.isPresent() && !(tolerance.getAsDouble() >= 0 && Double.isFinite(tolerance.getAsDouble()))) {
            throw new IllegalArgumentException("a tolerance must be 0 or more, and finite: " + tolerance.getAsDouble());
        }
    }

    /** Nothing is set. */
    public static ScalingRules unset() {
        return UNSET;
    }
}
