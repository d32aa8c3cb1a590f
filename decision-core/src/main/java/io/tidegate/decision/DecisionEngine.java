package io.tidegate.decision;

import io.tidegate.decision.model.Action;
import io.tidegate.decision.model.Decision;
import io.tidegate.decision.model.Input;
import io.tidegate.decision.model.Outcome;
import io.tidegate.decision.model.Reason;
import io.tidegate.decision.model.Recommendation;
import io.tidegate.decision.model.SignalSample;
import io.tidegate.decision.model.Snapshot;
import io.tidegate.decision.model.TargetState;
import io.tidegate.decision.model.Verdict;
import io.tidegate.decision.policy.KafkaSignal;
import io.tidegate.decision.policy.Mode;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.recommend.LagRecommender;
import io.tidegate.decision.signal.LagMeasure;
import io.tidegate.decision.signal.LagMeter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides the size of a workload. Pure: the same arguments give the same result. */
public final class DecisionEngine {
    private static final Duration LONGEST_REST = Duration.ofHours(1);

    private DecisionEngine() {}

    /**
     * Decides, for an arriving fact or because time has passed.
     *
     * @param memory what the last decision of this workload returned, or {@link Memory#empty()}
     * @param now the log's time, never earlier than in the last call
     */
    public static Step decide(Policy policy, Snapshot snapshot, Memory memory, Instant now) {
        Decision decision = switch (snapshot.target()) {
            case TargetState.Missing ignored -> hold(0, Reason.TARGET_MISSING);
            case TargetState.Unseen ignored -> hold(0, Reason.TARGET_UNSEEN);
            case TargetState.Known known ->
                policy.mode() == Mode.PAUSED
                        ? hold(known.replicas(), Reason.PAUSED)
                        : size(policy, snapshot, known, now);
        };
        return new Step(decision, new Memory(memory.decisions() + 1), now.plus(LONGEST_REST));
    }

    private static Decision size(Policy policy, Snapshot snapshot, TargetState.Known target, Instant now) {
        List<Recommendation> recommendations = new ArrayList<>();
        List<Input> inputs = new ArrayList<>();
        boolean complete = true;
        for (KafkaSignal signal : policy.signals()) {
            boolean seen = false;
            for (SignalSample sample : snapshot.samples()) {
                if (sample.signal().equals(signal.name())) {
                    switch (LagMeter.measure(signal, sample.reading())) {
                        case LagMeasure.Known known -> {
                            seen = true;
                            recommendations.add(LagRecommender.recommend(
                                    signal, known.lag(), known.partitions(), true, target.statusReplicas()));
                            inputs.add(new Input(
                                    signal.name(),
                                    "lag",
                                    known.lag(),
                                    "records",
                                    Duration.between(sample.observedAt(), now)));
                        }
                        case LagMeasure.AtLeast atLeast ->
                            recommendations.add(LagRecommender.recommend(
                                    signal, atLeast.lag(), atLeast.partitions(), false, target.statusReplicas()));
                        case LagMeasure.Unknown ignored -> {}
                    }
                }
            }
            complete &= seen;
        }
        int current = target.replicas();
        int recommended = complete ? 0 : current;
        boolean active = false;
        for (Recommendation recommendation : recommendations) {
            recommended = Math.max(recommended, recommendation.size());
            active |= recommendation.active();
        }
        int desired = Math.clamp(recommended, policy.min(), policy.max());
        List<Verdict> verdicts = desired == recommended
                ? List.of(Verdict.pass("bounds", desired))
                : List.of(new Verdict(
                        "bounds",
                        Outcome.CAP,
                        recommended,
                        desired,
                        desired < recommended ? Reason.TOO_MANY_REPLICAS : Reason.TOO_FEW_REPLICAS,
                        "",
                        Optional.empty()));
        Action action = desired > current ? Action.SCALE_UP : desired < current ? Action.SCALE_DOWN : Action.HOLD;
        Reason reason = switch (action) {
            case SCALE_UP -> current == 0 ? Reason.WAKING : Reason.DEMAND_ROSE;
            case SCALE_DOWN -> Reason.DEMAND_FELL;
            case RESIZE, HOLD -> current == 0 && !active ? Reason.IDLE : Reason.RIGHT_SIZE;
        };
        return new Decision(
                action,
                current,
                desired,
                recommended,
                complete ? reason : Reason.SIGNAL_UNKNOWN,
                inputs,
                recommendations,
                verdicts,
                desired == recommended ? Optional.empty() : Optional.of("bounds"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                active,
                List.of());
    }

    private static Decision hold(int current, Reason reason) {
        return new Decision(
                Action.HOLD,
                current,
                current,
                current,
                reason,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                List.of());
    }
}
