package io.tidegate.decision.guard;

import io.tidegate.decision.model.Reason;
import io.tidegate.decision.model.Verdict;
import io.tidegate.decision.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Each change of its members stops a whole group for a while. So a group shrinks in few big steps: not while replicas
 * are starting that were asked for (for twice the start time at the latest, and unless half of the ready ones would do),
 * and not within the first seconds after a change of the ready ones. The last step, to none, disturbs nobody. Replicas
 * that are sized by what they use alone are taken for independent of one another, as in autoscaling/v2; executors of Spark
 * drain one by one.
 */
public record DisruptionBudget() implements Guard {
    public static final String NAME = "disruptionBudget";
    /** A rebalance is over, and its first commits are in. */
    private static final Duration SETTLE = Duration.ofSeconds(2);

    @Override
    public Verdict judge(Situation situation, int size) {
        if (size >= situation.current() || size == 0 || alone(situation.policy())) {
            return Verdict.pass(NAME, size);
        }
        long askedAt = situation.crew().askedAt();
        int ready = situation.target().pods().ready();
        if (askedAt >= 0 && size > ready / 2) {
            return wait(situation, size, askedAt, situation.startTime().multipliedBy(2), Reason.PODS_STARTING);
        }
        return wait(situation, size, situation.crew().readyAt(), SETTLE, Reason.GROUP_SETTLING);
    }

    private static boolean alone(Policy policy) {
        return policy.ofSpark() || policy.byFeedbackOnly();
    }

    private static Verdict wait(Situation situation, int size, long since, Duration length, Reason reason) {
        Instant until = Instant.ofEpochMilli(since).plus(length);
        return situation.now().isBefore(until)
                ? Guard.limit(NAME, situation, size, situation.current(), reason, Optional.of(until))
                : Verdict.pass(NAME, size);
    }
}
