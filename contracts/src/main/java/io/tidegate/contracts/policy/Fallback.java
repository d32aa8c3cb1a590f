package io.tidegate.contracts.policy;

import java.time.Duration;
import java.util.Objects;

/**
 * What holds while signals stay stale or the stream is silent; never below the current size.
 *
 * @param after how long signals must be stale first
 * @param replicas size to take, at least 0
 */
public record Fallback(Duration after, int replicas) {
    public Fallback {
        Objects.requireNonNull(after, "fallback.after");
        if (after.isNegative() || after.isZero()) {
            throw new IllegalArgumentException("fallback.after must be positive: " + after);
        }
        if (replicas < 0) {
            throw new IllegalArgumentException("fallback.replicas must be at least 0: " + replicas);
        }
    }
}
