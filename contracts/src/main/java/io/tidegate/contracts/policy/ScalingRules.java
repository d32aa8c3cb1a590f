package io.tidegate.contracts.policy;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rules of one direction, as in autoscaling/v2. What is absent keeps its default.
 *
 * @param stabilizationWindowSeconds seconds over which the most careful recommendation counts, 0 to 3600
 * @param selectPolicy which rate limit counts where there are several
 * @param policies rate limits; at most 20; replaces the defaults as a whole
 * @param tolerance share of change that is ignored, 0 to 1
 */
public record ScalingRules(
        @Nullable Integer stabilizationWindowSeconds,
        @Nullable SelectPolicy selectPolicy,
        @Nullable List<RateLimit> policies,
        @Nullable Double tolerance) {

    /** Most rate limits of one direction. */
    public static final int MAX_RATE_LIMITS = 20;

    public ScalingRules {
        if (stabilizationWindowSeconds != null
                && (stabilizationWindowSeconds < 0 || stabilizationWindowSeconds > 3600)) {
            throw new IllegalArgumentException(
                    "stabilizationWindowSeconds must be 0 to 3600: " + stabilizationWindowSeconds);
        }
        if (tolerance != null && !(tolerance >= 0 && tolerance <= 1)) {
            throw new IllegalArgumentException("tolerance must be 0 to 1: " + tolerance);
        }
        if (policies != null && policies.size() > MAX_RATE_LIMITS) {
            throw new IllegalArgumentException(
                    "policies must have at most " + MAX_RATE_LIMITS + " entries: " + policies.size());
        }
        policies = policies == null ? null : List.copyOf(policies);
    }

    /** Which rate limit counts. */
    public enum SelectPolicy {
        Max,
        Min,
        Disabled
    }

    /**
     * One rate limit.
     *
     * @param type unit of {@code value}
     * @param value replicas or percent, at least 1
     * @param periodSeconds period over which changes count, 1 to 1800
     */
    public record RateLimit(Type type, int value, int periodSeconds) {
        public RateLimit {
            Objects.requireNonNull(type, "type");
            if (value < 1 || periodSeconds < 1 || periodSeconds > 1800) {
                throw new IllegalArgumentException("a rate limit needs value >= 1 and periodSeconds 1 to 1800: value "
                        + value + ", periodSeconds " + periodSeconds);
            }
        }

        /** Unit of a rate limit. */
        public enum Type {
            Pods,
            Percent
        }
    }
}
