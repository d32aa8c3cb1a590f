package io.tidegate.decision.recommend;

import io.tidegate.decision.model.TargetState;
import io.tidegate.decision.policy.Pace;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.signal.CrewMemory;
import java.time.Instant;

/** What all recommendations of one decision have in common. */
public record Circumstances(
        Policy policy, Pace up, Pace down, CrewMemory crew, TargetState.Known target, Instant now) {}
