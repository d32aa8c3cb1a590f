package io.tidegate.decision;

import io.tidegate.decision.guard.Situation;
import io.tidegate.decision.model.Basis;
import io.tidegate.decision.model.Recommendation;
import io.tidegate.decision.policy.Objective;
import io.tidegate.decision.signal.LagMeasure;
import io.tidegate.decision.signal.LagObservation;
import io.tidegate.decision.signal.Observation;
import java.time.Duration;
import java.util.Optional;

/** Whether the objective is expected to hold. */
final class Expectation {
    private Expectation() {}

    static Optional<Boolean> objectiveHeld(Situation situation, int desired) {
        if (situation.policy().latency().isEmpty()) {
            return Optional.empty();
        }
        Objective.Latency objective = situation.policy().latency().get();
        Optional<Boolean> held = Optional.empty();
        for (Observation each : situation.observations()) {
            if (!(each instanceof LagObservation seen) || !(seen.lag() instanceof LagMeasure.Known known)) {
                continue;
            }
            if (seen.waited().compareTo(objective.maxLatency()) > 0) {
                return Optional.of(false);
            }
            int replicas = situation.target().pods().ready();
            double rate = rate(situation, seen);
            int serving = replicas > 0 ? replicas : desired;
            if (rate > 0 && serving > 0) {
                Duration ahead = Duration.ofMillis((long) (known.totals().lag() / (rate * serving) * 1_000))
                        .plus(replicas > 0 ? Duration.ZERO : situation.startTime());
                held = Optional.of(held.orElse(true) && ahead.compareTo(objective.maxLatency()) <= 0);
            } else if (known.totals().lag() == 0) {
                held = Optional.of(held.orElse(true));
            }
        }
        return held;
    }

    private static double rate(Situation situation, LagObservation seen) {
        for (Recommendation recommendation : situation.recommendations()) {
            if (recommendation.signal().equals(seen.signal().name())
                    && recommendation.basis() instanceof Basis.RateForObjective basis) {
                return basis.rate();
            }
        }
        return 0;
    }
}
