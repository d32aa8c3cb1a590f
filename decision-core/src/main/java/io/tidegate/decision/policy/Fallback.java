package io.tidegate.decision.policy;

import java.time.Duration;

/**
 * The size to hold when the signals stay away.
 *
 * @param after how long without a usable sample; 1 s to 365 days
 * @param replicas the size, never applied below the current one
 */
public record Fallback(Duration after, int replicas) {
    private static final Duration LONGEST = Duration.ofDays(365);

    public Fallback {
        if (after.toSeconds() < 1 || after.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("fallback.after must be 1 s to 365 days: " + after);
        }
        if (replicas < 0) {
            throw new IllegalArgumentException("fallback.replicas must not be negative: " + replicas);
        }
    }
}
