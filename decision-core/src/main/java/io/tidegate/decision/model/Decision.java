package io.tidegate.decision.model;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What to do with a workload, and everything that it rests on.
 *
 * @param current replicas observed; 0 while the target is missing or unseen
 * @param desired replicas that must be; equals {@code current} for {@link Action#HOLD}
 * @param recommended largest recommendation, before any guard
 * @param reason why {@code desired} is what it is
 * @param verdicts one per guard, in order; empty if no guard was asked
 * @param limitedBy the last guard that changed the size
 * @param nextPossibleChange when time alone may lift that limit
 * @param learnedRate what a replica is known to do
 * @param objectiveHeld whether the newest record is expected to keep the objective; empty if there is none or no rate
 * @param active whether any signal says that there is work
 */
public record Decision(
        Action action,
        int current,
        int desired,
        int recommended,
        Reason reason,
        List<Input> inputs,
        List<Recommendation> recommendations,
        List<Verdict> verdicts,
        Optional<String> limitedBy,
        Optional<Instant> nextPossibleChange,
        Optional<LearnedRate> learnedRate,
        Optional<Boolean> objectiveHeld,
        boolean active,
        List<Condition> conditions) {
    public Decision {
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(reason, "reason");
        inputs = List.copyOf(inputs);
        recommendations = List.copyOf(recommendations);
        verdicts = List.copyOf(verdicts);
        Objects.requireNonNull(limitedBy, "limitedBy");
        Objects.requireNonNull(nextPossibleChange, "nextPossibleChange");
        Objects.requireNonNull(learnedRate, "learnedRate");
        Objects.requireNonNull(objectiveHeld, "objectiveHeld");
        conditions = List.copyOf(conditions);
    }

    /** The decision in plain English, with its numbers; rendered at each call. */
    public String sentence() {
        return Sentences.of(this);
    }
}
