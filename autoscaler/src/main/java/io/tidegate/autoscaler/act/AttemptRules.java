package io.tidegate.autoscaler.act;

import java.time.Duration;

/**
 * How often a write is tried.
 *
 * @param attempts writes in quick succession before a longer pause
 * @param firstPause pause after the first unclear answer; it doubles each time
 * @param refusedPause pause after a refusal, and after the last quick attempt; it doubles each time
 * @param longestPause no pause is longer
 */
public record AttemptRules(int attempts, Duration firstPause, Duration refusedPause, Duration longestPause) {

    Duration afterUnclear(int failures) {
        return doubled(firstPause, failures);
    }

    Duration afterRefusal(int refusals) {
        return doubled(refusedPause, refusals);
    }

    private Duration doubled(Duration base, int times) {
        Duration pause = base.multipliedBy(1L << Math.min(Math.max(times - 1, 0), 16));
        return pause.compareTo(longestPause) < 0 ? pause : longestPause;
    }
}
