package io.tidegate.decision.policy;

import java.time.Duration;
import java.util.Objects;

/**
 * How far the size may move within a period; autoscaling/v2 calls it a policy.
 *
 * @param value replicas, or percent of the size at the period's start
 * @param period above zero, at most 30 minutes
 */
public record RateLimit(Type type, int value, Duration period) {
    private static final Duration LONGEST = Duration.ofMinutes(30);

    /** The unit of the limit's value. */
    public enum Type {
        PODS,
        PERCENT
    }

    public RateLimit {
        Objects.requireNonNull(type, "type");
        if (value <= 0) {
            throw new IllegalArgumentException("a rate limit's value must be above 0: " + value);
        }
        if (period.isNegative() || period.isZero() || period.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a rate limit's period must be above 0 and at most 30 min: " + period);
        }
    }
}
