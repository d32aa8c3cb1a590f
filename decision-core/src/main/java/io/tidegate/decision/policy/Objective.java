package io.tidegate.decision.policy;

import java.time.Duration;

/**
 * What the size must hold.
 *
 * @param maxLatency longest time from a record's append to the commit that covers it; 1 s to 365 days
 * @param percentile share of records that must keep it, 1 to 100
 */
public record Objective(Duration maxLatency, int percentile) {
    private static final Duration LONGEST = Duration.ofDays(365);

    public Objective {
        if (maxLatency.toSeconds() < 1 || maxLatency.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("objective.maxLatency must be 1 s to 365 days: " + maxLatency);
        }
        if (percentile < 1 || percentile > 100) {
            throw new IllegalArgumentException("objective.percentile must be 1 to 100: " + percentile);
        }
    }
}
