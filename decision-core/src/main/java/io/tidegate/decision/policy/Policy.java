package io.tidegate.decision.policy;

import io.tidegate.decision.formula.Formula;
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
 * @param signals at least one; names differ, and none is {@value ResourceSignal#SAMPLE}
 * @param formula what makes one size of those that the signals ask for; empty means the largest
 */
public record Policy(
        Mode mode,
        int min,
        int max,
        Optional<Objective> objective,
        List<Signal> signals,
        Optional<Behavior> behavior,
        Optional<Fallback> fallback,
        Optional<Formula> formula) {
    public Policy {
        Objects.requireNonNull(mode, "mode");
        if (min < 0 || max < 1 || min > max) {
            throw new IllegalArgumentException("need 0 <= min <= max and max >= 1: " + min + ", " + max);
        }
        Objects.requireNonNull(objective, "objective");
        signals = List.copyOf(signals);
        Set<String> names = new HashSet<>();
        boolean wakes = false;
        boolean spark = false;
        for (Signal signal : signals) {
            if (!names.add(signal.name())) {
                throw new IllegalArgumentException("two signals are named " + signal.name());
            }
            wakes |= !(signal instanceof ResourceSignal);
            spark |= signal instanceof SparkSignal;
        }
        if (names.contains(ResourceSignal.SAMPLE)) {
            throw new IllegalArgumentException("a signal must not be named " + ResourceSignal.SAMPLE);
        }
        if (names.isEmpty()) {
            throw new IllegalArgumentException("a policy needs a signal");
        }
        if (min == 0 && !wakes) {
            throw new IllegalArgumentException(
                    "min 0 needs a signal that can wake the workload: pods that are not there" + " use nothing");
        }
        if (objective.isPresent() && !(objective.get() instanceof Objective.Latency) && !spark) {
            throw new IllegalArgumentException("only a Spark application's run can have a duration or a deadline");
        }
        Objects.requireNonNull(behavior, "behavior");
        Objects.requireNonNull(fallback, "fallback");
        if (formula.isPresent() && !names.containsAll(formula.get().signals())) {
            throw new IllegalArgumentException("the formula uses a signal that the policy has not: " + formula.get());
        }
    }

    /** Rules without a formula: the largest recommendation counts. */
    public Policy(
            Mode mode,
            int min,
            int max,
            Optional<Objective> objective,
            List<Signal> signals,
            Optional<Behavior> behavior,
            Optional<Fallback> fallback) {
        this(mode, min, max, objective, signals, behavior, fallback, Optional.empty());
    }

    /** The wait that the size must hold, if it must hold one. */
    public Optional<Objective.Latency> latency() {
        return objective.isPresent() && objective.get() instanceof Objective.Latency latency
                ? Optional.of(latency)
                : Optional.empty();
    }

    /** Whether the workload is a Spark application, whose size is its executors. */
    public boolean ofSpark() {
        for (Signal signal : signals) {
            if (signal instanceof SparkSignal) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the size is chosen only by what depends on the size itself, such as what pods use: each answer is a guess from
     * the present size. A schedule beside changes nothing about that.
     */
    public boolean byFeedbackOnly() {
        boolean any = false;
        for (Signal signal : signals) {
            switch (signal) {
                case KafkaSignal ignored -> {
                    return false;
                }
                case SparkSignal ignored -> {
                    return false;
                }
                case ResourceSignal ignored -> any = true;
                case ValueSignal value -> {
                    if (value.target() instanceof ValueTarget.AverageValue) {
                        return false;
                    }
                    any = true;
                }
                case ScheduleSignal ignored -> {}
            }
        }
        return any;
    }
}
