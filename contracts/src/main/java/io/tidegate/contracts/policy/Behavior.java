package io.tidegate.contracts.policy;

import org.jspecify.annotations.Nullable;

/**
 * Windows and rate limits as in autoscaling/v2; a direction that is absent keeps its defaults.
 *
 * @param scaleUp rules upward
 * @param scaleDown rules downward
 */
public record Behavior(
        @Nullable ScalingRules scaleUp, @Nullable ScalingRules scaleDown) {}
