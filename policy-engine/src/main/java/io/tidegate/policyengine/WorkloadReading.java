package io.tidegate.policyengine;

import io.tidegate.decision.model.Condition;
import io.tidegate.decision.model.Decision;
import io.tidegate.decision.model.Input;
import io.tidegate.decision.model.LearnedRate;
import io.tidegate.decision.model.Reason;
import io.tidegate.decision.policy.Objective;
import io.tidegate.decision.policy.Policy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What metrics show of one workload: the last that was decided for it. It is made for each decision and rendered when metrics
 * are read, so it holds references only.
 *
 * @param sizes its sizes; absent while nothing can be decided
 * @param why why it is so
 * @param mode the policy's mode, as its owner writes it
 * @param stale whether something that the decision needs is not known
 * @param active whether any signal says that there is work
 * @param objectiveHeld whether the objective holds; absent without one, or if not known
 * @param objectiveSeconds the longest wait that the policy allows; not a number if it names none
 * @param limitedBy the guard that limits the size
 * @param rate what one replica can do; absent if not known
 * @param inputs the numbers that the decision rests on
 * @param outcome what became of the last target that was acted on
 */
public record WorkloadReading(
        @Nullable Sizes sizes,
        Why why,
        String mode,
        boolean stale,
        boolean active,
        @Nullable Boolean objectiveHeld,
        double objectiveSeconds,
        @Nullable String limitedBy,
        @Nullable LearnedRate rate,
        List<Input> inputs,
        @Nullable String outcome) {

    /** Decision-core's condition that all signals are known. */
    private static final String FRESH = "Fresh";

    /** The reading of a decision. */
    public static WorkloadReading of(Policy policy, String mode, Decision decision, @Nullable String outcome) {
        Reason reason = decision.reason();
        return new WorkloadReading(
                new Sizes(decision.current(), decision.desired(), decision.recommended(), policy.min(), policy.max()),
                new Why(reason.code(), reason.phrase()),
                mode,
                stale(decision),
                decision.active(),
                decision.objectiveHeld().orElse(null),
                policy.latency()
                        .map(Objective.Latency::maxLatency)
                        .map(wait -> wait.toMillis() / 1000.0)
                        .orElse(Double.NaN),
                decision.limitedBy().orElse(null),
                decision.learnedRate().orElse(null),
                decision.inputs(),
                outcome);
    }

    private static boolean stale(Decision decision) {
        for (Condition condition : decision.conditions()) {
            if (condition.type().equals(FRESH)) {
                return !condition.status();
            }
        }
        return false;
    }

    /** The reading of a workload that nothing can be decided for. */
    public static WorkloadReading undecided(String mode, Why why, @Nullable String outcome) {
        return new WorkloadReading(null, why, mode, false, false, null, Double.NaN, null, null, List.of(), outcome);
    }

    /**
     * Replicas, or executors of a Spark application.
     *
     * @param current those that were seen
     * @param desired those that must be
     * @param recommended those that were asked for before the guards
     * @param min fewest that the policy allows
     * @param max most that it allows
     */
    public record Sizes(int current, int desired, int recommended, int min, int max) {}

    /**
     * A reason.
     *
     * @param code reason code, one of a fixed set
     * @param words what the code means; no numbers, so that there are no more of them than codes
     */
    public record Why(String code, String words) {}
}
