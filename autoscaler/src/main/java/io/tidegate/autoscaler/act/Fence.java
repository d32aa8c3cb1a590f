package io.tidegate.autoscaler.act;

import io.tidegate.autoscaler.targets.HeldTarget;
import io.tidegate.autoscaler.targets.HeldTargets;
import io.tidegate.autoscaler.targets.Standing;
import io.tidegate.autoscaler.time.StallDetector;
import java.time.Duration;

/** Decides just before each write whether it may happen. */
final class Fence {

    /** How soon to ask again where a sign of life is awaited; heartbeats come once a second. */
    private static final Duration SOON = Duration.ofMillis(250);

    private final HeldTargets targets;
    private final StallDetector stalls;
    private final FencingRules rules;

    Fence(HeldTargets targets, StallDetector stalls, FencingRules rules) {
        this.targets = targets;
        this.stalls = stalls;
        this.rules = rules;
    }

    /** Whether a target may be written. */
    Permit check(HeldTarget held, boolean shrinks, long now) {
        return switch (targets.standing(held, now)) {
            case Standing.NotOwned notOwned -> new Permit.Withdrawn("the partition is not assigned to this instance");
            case Standing.Superseded superseded -> new Permit.Withdrawn("a newer target has come");
            case Standing.Newest newest -> check(newest, shrinks, now);
        };
    }

    /** Whether the fallback of a target may be written; the silence of the stream is its reason, so that is not asked for. */
    Permit checkFallback(HeldTarget held, long now) {
        return switch (targets.standing(held, now)) {
            case Standing.NotOwned notOwned -> new Permit.Withdrawn("the partition is not assigned to this instance");
            case Standing.Superseded superseded -> new Permit.Withdrawn("a newer target has come");
            case Standing.Newest newest -> {
                Duration suspect = stalls.suspectFor(now);
                yield suspect.isZero() ? new Permit.Granted() : stalled(suspect);
            }
        };
    }

    private Permit check(Standing.Newest newest, boolean shrinks, long now) {
        Duration suspect = stalls.suspectFor(now);
        if (!suspect.isZero()) {
            return stalled(suspect);
        }
        if (!newest.caughtUp()) {
            return new Permit.Postponed(SOON, false, "the partition has not been read to its end yet");
        }
        if (!newest.heartbeatSeen()) {
            boolean expired = newest.heartbeatAge().compareTo(rules.heartbeatExpiry()) > 0;
            return new Permit.Postponed(SOON, expired, "no heartbeat has come since the partition was assigned");
        }
        if (newest.heartbeatAge().compareTo(rules.heartbeatExpiry()) > 0) {
            return new Permit.Postponed(
                    SOON,
                    true,
                    "the last heartbeat is %.1f s old"
                            .formatted(newest.heartbeatAge().toMillis() / 1000.0));
        }
        if (newest.heardAge().compareTo(rules.heardLimit()) > 0) {
            return new Permit.Postponed(SOON, false, "nothing has come from the broker for half the session time-out");
        }
        Duration shrinkIn = rules.shrinkAfter().minus(newest.ownedFor());
        if (shrinks && shrinkIn.isPositive()) {
            return new Permit.Postponed(
                    shrinkIn, false, "the former owner may still be writing, and this would make the workload smaller");
        }
        return new Permit.Granted();
    }

    private static Permit stalled(Duration suspect) {
        return new Permit.Postponed(suspect, false, "this process stood still and may have lost its partitions");
    }
}
