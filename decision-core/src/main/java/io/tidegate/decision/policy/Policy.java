package io.tidegate.decision.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * All rules for one workload.
 *
 * @param min smallest size, 0 or more
 * @param max largest size, 1 or more
 * @param signals at least one; names differ
 */
public record Policy(
        Mode mode,
        int min,
        int max,
        Optional<Objective> objective,
        List<KafkaSignal> signals,
        Optional<Behavior> behavior,
        Optional<Fallback> fallback) {
    public Policy {
        Objects.requireNonNull(mode, "mode");
        if (min < 0 || max < 1 || min > max) {
            throw new IllegalArgumentException("need 0 <= min <= max and max >= 1: " + min + ", " + max);
        }
        Objects.requireNonNull(objective, "objective");
        signals = List.copyOf(signals);
        Set<String> names = new HashSet<>();
        for (KafkaSignal signal : signals) {
            if (!names.add(signal.name())) {
                throw new IllegalArgumentException("two signals are named " + signal.name());
            }
        }
        if (names.isEmpty()) {
            throw new IllegalArgumentException("a policy needs a signal");
        }
        Objects.requireNonNull(behavior, "behavior");
        Objects.requireNonNull(fallback, "fallback");
    }
}
