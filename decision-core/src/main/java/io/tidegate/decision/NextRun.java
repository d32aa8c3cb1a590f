package io.tidegate.decision;

import io.tidegate.decision.guard.Bounds;
import io.tidegate.decision.guard.Tolerance;
import io.tidegate.decision.model.Action;
import io.tidegate.decision.model.Basis;
import io.tidegate.decision.model.Basis.SparkPlan;
import io.tidegate.decision.model.Condition;
import io.tidegate.decision.model.Decision;
import io.tidegate.decision.model.Outcome;
import io.tidegate.decision.model.Reason;
import io.tidegate.decision.model.Recommendation;
import io.tidegate.decision.model.TargetState;
import io.tidegate.decision.model.Verdict;
import io.tidegate.decision.policy.Mode;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.recommend.NextRunRecommender;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what the next run of a recurring Spark application begins with. No guard of a size that is on applies, since nothing
 * is let go or started: only the policy's bounds, and a tolerance that keeps a template from changing after each run.
 */
final class NextRun {
    /** A run differs from the one before by about that much for no reason at all. */
    private static final int TOLERANCE_PERCENT = 10;

    private static final Condition ABLE =
            new Condition("Able", true, "BetweenRuns", "no run is on; what the next one begins with can be changed");
    private static final Condition UNLIMITED =
            new Condition("Limited", false, "Unlimited", "the size is what the last run leads to expect");

    private NextRun() {}

    static Decision decide(Policy policy, TargetState.BetweenRuns target, RunsSeen seen) {
        int present = target.executors();
        Recommendation recommendation =
                NextRunRecommender.recommend(seen.signal(), policy, seen.course(), seen.executorStart(), present);
        List<Verdict> verdicts = policy.mode() == Mode.PAUSED ? List.of() : verdicts(policy, recommendation, present);
        int desired = verdicts.isEmpty() ? present : verdicts.getLast().after();
        Optional<Verdict> limit = limit(verdicts);
        Action action = desired > present ? Action.SCALE_UP : desired < present ? Action.SCALE_DOWN : Action.HOLD;
        Optional<Boolean> held = held(recommendation);
        return new Decision(
                action,
                present,
                desired,
                recommendation.size(),
                verdicts.isEmpty() ? Reason.PAUSED : reason(recommendation, action, limit),
                List.of(),
                List.of(recommendation),
                verdicts,
                limit.map(Verdict::guard),
                Optional.empty(),
                Optional.empty(),
                held,
                false,
                conditions(limit, held));
    }

    private static List<Verdict> verdicts(Policy policy, Recommendation recommendation, int present) {
        int size = recommendation.size();
        boolean near = size != present && 100L * Math.abs(size - present) <= (long) TOLERANCE_PERCENT * present;
        int tolerated = near ? present : size;
        int bounded = Math.clamp(tolerated, policy.min(), policy.max());
        return List.of(
                near
                        ? limited(Tolerance.NAME, size, present, Reason.WITHIN_TOLERANCE)
                        : Verdict.pass(Tolerance.NAME, size),
                bounded == tolerated
                        ? Verdict.pass(Bounds.NAME, tolerated)
                        : limited(
                                Bounds.NAME,
                                tolerated,
                                bounded,
                                bounded < tolerated ? Reason.TOO_MANY_REPLICAS : Reason.TOO_FEW_REPLICAS));
    }

    private static Verdict limited(String guard, int before, int after, Reason reason) {
        return new Verdict(guard, Outcome.CAP, before, after, reason, "", Optional.empty());
    }

    private static Optional<Verdict> limit(List<Verdict> verdicts) {
        return verdicts.reversed().stream()
                .filter(verdict -> verdict.outcome() != Outcome.PASS)
                .findFirst();
    }

    private static Reason reason(Recommendation recommendation, Action action, Optional<Verdict> limit) {
        if (limit.isPresent()) {
            return limit.get().reason();
        }
        return switch (action) {
            case SCALE_UP -> Reason.DEMAND_ROSE;
            case SCALE_DOWN -> Reason.DEMAND_FELL;
            case HOLD, RESIZE -> recommendation.active() ? Reason.RIGHT_SIZE : Reason.LEARNING_RATE;
        };
    }

    /** Whether the next run is expected to be over in time; empty if it may take any, or if that is not known. */
    private static Optional<Boolean> held(Recommendation recommendation) {
        return recommendation.basis() instanceof Basis.SparkNextRun next
                        && next.left().isPresent()
                ? Optional.of(next.plan() == SparkPlan.OBJECTIVE)
                : Optional.empty();
    }

    private static List<Condition> conditions(Optional<Verdict> limit, Optional<Boolean> held) {
        List<Condition> conditions = new ArrayList<>(3);
        conditions.add(ABLE);
        conditions.add(limit.map(verdict -> new Condition(
                        "Limited", true, verdict.reasonCode(), verdict.reason().phrase()))
                .orElse(UNLIMITED));
        held.ifPresent(yes -> conditions.add(yes ? Decisions.IN_TIME : Decisions.LATE));
        return conditions;
    }
}
