package io.tidegate.decision;

import io.tidegate.decision.guard.Situation;
import io.tidegate.decision.policy.Objective;
import io.tidegate.decision.signal.LagMeasure;
import io.tidegate.decision.signal.Observation;
import java.time.Duration;
import java.util.Optional;

/** Whether the objective is expected to hold. */
final class Expectation {
    private Expectation() {}

    static Optional<Boolean> objectiveHeld(Situation situation, int desired) {
        if (situation.policy().objective().isEmpty()) {
            return Optional.empty();
        }
        Objective objective = situation.policy().objective().get();
        Optional<Boolean> held = Optional.empty();
        for (Observation seen : situation.observations()) {
            if (!(seen.lag() instanceof LagMeasure.Known known)) {
                continue;
            }
            if (seen.waited().compareTo(objective.maxLatency()) > 0) {
                return Optional.of(false);
            }
            int ready = situation.target().pods().ready();
            if (seen.learnedRate().isPresent() && (ready > 0 || desired > 0)) {
                double rate = seen.learnedRate().get().recordsPerSecondPerReplica();
                double seconds = known.totals().lag() / (rate * (ready > 0 ? ready : desired));
                Duration ahead = Duration.ofMillis((long) (seconds * 1_000))
                        .plus(ready > 0 ? Duration.ZERO : situation.startTime());
                held = Optional.of(held.orElse(true) && ahead.compareTo(objective.maxLatency()) <= 0);
            } else if (known.totals().lag() == 0) {
                held = Optional.of(held.orElse(true));
            }
        }
        return held;
    }
}
