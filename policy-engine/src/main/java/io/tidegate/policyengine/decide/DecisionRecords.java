package io.tidegate.policyengine.decide;

import io.tidegate.contracts.decision.DecisionRecord;
import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.decision.model.Action;
import io.tidegate.decision.model.Decision;
import io.tidegate.decision.model.Outcome;
import io.tidegate.policyengine.state.Emitted.LastDecision;
import org.jspecify.annotations.Nullable;

/** Decisions as they are told on tidegate.decisions. */
public final class DecisionRecords {

    private DecisionRecords() {}

    /** Whether a decision differs from the last one told by more than its numbers. */
    public static boolean differs(@Nullable LastDecision last, Decision decision, PolicyFact policy) {
        return last == null
                || last.action() != action(decision.action())
                || last.current() != decision.current()
                || last.desired() != decision.desired()
                || !last.reason().equals(decision.reason().code())
                || !last.policyUid().equals(policy.uid())
                || last.generation() != policy.generation();
    }

    /** The decision with all that led to it. */
    public static DecisionRecord of(Decision decision, PolicyFact policy, Moment moment, long sequence) {
        return new DecisionRecord(
                Ids.decision(policy.workload(), sequence),
                sequence,
                policy.workload(),
                policy.policy(),
                policy.uid(),
                policy.generation(),
                moment.now(),
                moment.offset(),
                action(decision.action()),
                decision.current(),
                decision.recommended(),
                decision.desired(),
                decision.reason().code(),
                decision.sentence(),
                decision.inputs().stream()
                        .map(input -> new DecisionRecord.Input(
                                input.signal(),
                                input.quantity(),
                                input.value(),
                                input.unit(),
                                input.age().toMillis()))
                        .toList(),
                decision.recommendations().stream()
                        .map(recommendation -> new DecisionRecord.SignalRecommendation(
                                recommendation.signal(),
                                recommendation.recommender(),
                                recommendation.size(),
                                recommendation.active() ? "Active" : "Inactive",
                                recommendation.sentence()))
                        .toList(),
                decision.verdicts().stream()
                        .map(verdict -> new DecisionRecord.Verdict(
                                verdict.guard(),
                                outcome(verdict.outcome()),
                                verdict.before(),
                                verdict.after(),
                                verdict.reasonCode(),
                                verdict.sentence()))
                        .toList(),
                decision.limitedBy().orElse(null),
                decision.nextPossibleChange().orElse(null),
                learnedRate(decision),
                decision.objectiveHeld().orElse(null));
    }

    /** What of a decision is compared with the next. */
    public static LastDecision last(DecisionRecord decision) {
        return new LastDecision(
                decision.sequence(),
                decision.action(),
                decision.current(),
                decision.desired(),
                decision.reason(),
                decision.policyUid(),
                decision.generation());
    }

    static DecisionRecord.@Nullable LearnedRate learnedRate(Decision decision) {
        return decision.learnedRate()
                .map(rate -> new DecisionRecord.LearnedRate(
                        rate.recordsPerSecondPerReplica(), rate.confidence(), rate.samples()))
                .orElse(null);
    }

    private static DecisionRecord.Action action(Action action) {
        return switch (action) {
            case SCALE_UP -> DecisionRecord.Action.ScaleUp;
            case SCALE_DOWN -> DecisionRecord.Action.ScaleDown;
            case RESIZE -> DecisionRecord.Action.Resize;
            case HOLD -> DecisionRecord.Action.Hold;
        };
    }

    private static DecisionRecord.Verdict.Outcome outcome(Outcome outcome) {
        return switch (outcome) {
            case PASS -> DecisionRecord.Verdict.Outcome.Pass;
            case CAP -> DecisionRecord.Verdict.Outcome.Cap;
            case VETO -> DecisionRecord.Verdict.Outcome.Veto;
        };
    }
}
