package io.tidegate.decision.guard;

import io.tidegate.decision.model.Recommendation;
import io.tidegate.decision.model.TargetState;
import io.tidegate.decision.policy.Pace;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.recommend.Combination;
import io.tidegate.decision.signal.CrewMemory;
import io.tidegate.decision.signal.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the guards judge a size by.
 *
 * @param combined what the recommendations come to
 * @param startTime learned time from asking for a replica to its readiness
 */
public record Situation(
        Policy policy,
        Pace up,
        Pace down,
        TargetState.Known target,
        CrewMemory crew,
        Duration startTime,
        List<Observation> observations,
        List<Recommendation> recommendations,
        Combination combined,
        GuardMemory memory,
        Instant now) {
    /** Whether there is work, or it is not known whether there is. */
    public boolean active() {
        return combined.active();
    }

    int current() {
        return target.replicas();
    }

    long at() {
        return now.toEpochMilli();
    }
}
