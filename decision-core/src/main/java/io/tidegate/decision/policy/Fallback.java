package io.tidegate.decision.policy;

import java.time.Duration;

/**
 * The size to hold when the signals stay away.
 *
 * @param after how long without a usable sample; at least 1 s
 * @param replicas the size, never applied below the current one
 */
public record Fallback(Duration after, int replicas) {
    public Fallback {
        if (after.toSeconds() < 1) {
            throw new IllegalArgumentException("fallback.after must be at least 1 s: " + after);
        }
        if (replicas < 0) {
            throw new IllegalArgumentException("fallback.replicas must not be negative: " + replicas);
        }
    }
}
