package io.tidegate.decision.policy;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The rules of one direction with every default filled in.
 *
 * @param window stabilization window
 * @param limits rate limits; empty means no limit
 * @param unlimited no limit keeps a size from growing to this one
 */
public record Pace(
        Duration window, SelectPolicy select, List<RateLimit> limits, OptionalDouble tolerance, int unlimited) {
    private static final Pace AT_ONCE = new Pace(Duration.ZERO, SelectPolicy.MAX, List.of(), OptionalDouble.empty(), 0);
    /** A rebalance and a cold start cost about as much as a minute of a replica that idles. */
    private static final Pace DOWN_WITH_OBJECTIVE =
            new Pace(Duration.ofMinutes(1), SelectPolicy.MAX, List.of(), OptionalDouble.empty(), 0);
    /** autoscaling/v2's downward window: a threshold does not know what a replica can do, so it needs more patience. */
    private static final Duration PATIENT = Duration.ofMinutes(5);

    private static final Pace DOWN_WITHOUT_OBJECTIVE =
            new Pace(PATIENT, SelectPolicy.MAX, List.of(), OptionalDouble.empty(), 0);
    private static final Duration QUARTER = Duration.ofSeconds(15);
    /** autoscaling/v2: 4 replicas or 100 % in 15 s, whichever is more. */
    private static final List<RateLimit> UP_LIMITS = List.of(
            new RateLimit(RateLimit.Type.PODS, 4, QUARTER), new RateLimit(RateLimit.Type.PERCENT, 100, QUARTER));
    /** autoscaling/v2: all in 15 s. */
    private static final List<RateLimit> DOWN_LIMITS = List.of(new RateLimit(RateLimit.Type.PERCENT, 100, QUARTER));

    /** autoscaling/v2 without {@code behavior}: in one of its periods to the double, or to 4. */
    private static final Pace UP_BY_FEEDBACK = new Pace(
            Duration.ZERO,
            SelectPolicy.MAX,
            List.of(new RateLimit(RateLimit.Type.PERCENT, 100, QUARTER)),
            OptionalDouble.empty(),
            4);

    public Pace {
        Objects.requireNonNull(window, "window");
        Objects.requireNonNull(select, "select");
        limits = List.copyOf(limits);
        Objects.requireNonNull(tolerance, "tolerance");
    }

    /**
     * How {@code policy} may grow: as autoscaling/v2 says with {@code behavior}, or if only feedback chooses the size; else
     * at once.
     */
    public static Pace up(Policy policy) {
        return policy.behavior()
                .map(behavior -> fill(behavior.scaleUp(), Duration.ZERO, UP_LIMITS))
                .orElse(policy.byFeedbackOnly() ? UP_BY_FEEDBACK : AT_ONCE);
    }

    /** How {@code policy} may shrink. What is known of an application's work needs no window to be believed. */
    public static Pace down(Policy policy) {
        return policy.behavior()
                .map(behavior -> fill(behavior.scaleDown(), PATIENT, DOWN_LIMITS))
                .orElse(
                        policy.ofSpark()
                                ? AT_ONCE
                                : policy.objective().isPresent() ? DOWN_WITH_OBJECTIVE : DOWN_WITHOUT_OBJECTIVE);
    }

    private static Pace fill(ScalingRules rules, Duration window, List<RateLimit> limits) {
        return new Pace(
                rules.stabilizationWindow().orElse(window),
                rules.selectPolicy().orElse(SelectPolicy.MAX),
                rules.policies().isEmpty() ? limits : rules.policies(),
                rules.tolerance(),
                0);
    }
}
