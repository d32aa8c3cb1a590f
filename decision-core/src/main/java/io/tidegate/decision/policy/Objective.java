package io.tidegate.decision.policy;

import java.time.Duration;

/**
 * What the size must hold.
 *
 * @param maxLatency longest time from a record's append to the commit that covers it; at least 1 s
 * @param percentile share of records that must keep it, 1 to 100
 */
public record Objective(Duration maxLatency, int percentile) {
    public Objective {
        if (maxLatency.toSeconds() < 1) {
            throw new IllegalArgumentException("objective.maxLatency must be at least 1 s: " + maxLatency);
        }
        if (percentile < 1 || percentile > 100) {
            throw new IllegalArgumentException("objective.percentile must be 1 to 100: " + percentile);
        }
    }
}
