package io.tidegate.decision.guard;

import io.tidegate.decision.model.Outcome;
import io.tidegate.decision.model.Reason;
import io.tidegate.decision.model.Verdict;
import java.time.Instant;
import java.util.Optional;

/** One step between what is recommended and what is done. */
public sealed interface Guard
        permits Freshness, Tolerance, Stabilization, RateLimits, Cooldown, DisruptionBudget, Bounds {
    /** Judges the size that the guards before this one let through. */
    Verdict judge(Situation situation, int size);

    /** The verdict that changes {@code before} to {@code after}: a veto if nothing is left of the change. */
    static Verdict limit(
            String guard, Situation situation, int before, int after, Reason reason, Optional<Instant> until) {
        Outcome outcome = after == situation.current() ? Outcome.VETO : Outcome.CAP;
        return new Verdict(guard, outcome, before, after, reason, "", until);
    }
}
