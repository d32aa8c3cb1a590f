package io.tidegate.decision;

import io.tidegate.decision.guard.Freshness;
import io.tidegate.decision.guard.Situation;
import io.tidegate.decision.model.Action;
import io.tidegate.decision.model.Basis;
import io.tidegate.decision.model.Condition;
import io.tidegate.decision.model.Decision;
import io.tidegate.decision.model.LearnedRate;
import io.tidegate.decision.model.Outcome;
import io.tidegate.decision.model.Reason;
import io.tidegate.decision.model.Recommendation;
import io.tidegate.decision.model.Verdict;
import io.tidegate.decision.signal.LagObservation;
import io.tidegate.decision.signal.Observation;
import io.tidegate.decision.signal.ValueObservation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes down what was decided, and on what. */
final class Decisions {
    private static final Condition ABLE = new Condition("Able", true, "Able", "the target can be scaled");
    private static final Condition FRESH = new Condition("Fresh", true, "Fresh", "all signals are known");
    private static final Condition UNLIMITED =
            new Condition("Limited", false, "Unlimited", "the size is what demand asks for");
    private static final Condition HELD =
            new Condition("ObjectiveHeld", true, "Held", "the newest record is expected to keep the objective");
    static final Condition IN_TIME = new Condition(
            "ObjectiveHeld", true, "Held", "the application is expected to be done, or to keep up, in time");
    static final Condition LATE = new Condition(
            "ObjectiveHeld", false, "Missed", "the application is late, and will be at any size that is of use");
    private static final Condition MISSED = new Condition(
            "ObjectiveHeld", false, "Missed", "records wait, or will wait, for longer than the objective allows");

    private Decisions() {}

    /** There is no target to decide on. */
    static Decision undecided(Reason reason, String message) {
        return new Decision(
                Action.HOLD,
                0,
                0,
                0,
                reason,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                List.of(new Condition("Able", false, reason.code(), message)));
    }

    static Decision paused(Situation situation) {
        return of(situation, situation.target().replicas(), List.of());
    }

    static Decision decided(Situation situation, int recommended, List<Verdict> verdicts) {
        return of(situation, recommended, verdicts);
    }

    private static Decision of(Situation situation, int recommended, List<Verdict> verdicts) {
        int current = situation.target().replicas();
        int desired = verdicts.isEmpty() ? current : verdicts.getLast().after();
        Optional<Verdict> limit = limit(verdicts);
        Action action = desired > current ? Action.SCALE_UP : desired < current ? Action.SCALE_DOWN : Action.HOLD;
        Optional<Boolean> held = Expectation.objectiveHeld(situation, desired);
        return new Decision(
                action,
                current,
                desired,
                recommended,
                verdicts.isEmpty() ? Reason.PAUSED : reason(situation, action, limit),
                Inputs.of(situation),
                recommendations(situation),
                verdicts,
                limit.map(Verdict::guard),
                limit.flatMap(Verdict::until),
                learnedRate(situation.observations()),
                held,
                situation.active(),
                conditions(situation, limit, held));
    }

    private static List<Recommendation> recommendations(Situation situation) {
        if (situation.combined().formula().isEmpty()) {
            return situation.recommendations();
        }
        List<Recommendation> all = new ArrayList<>(situation.recommendations());
        all.add(situation.combined().formula().get());
        return all;
    }

    private static Optional<Verdict> limit(List<Verdict> verdicts) {
        for (int i = verdicts.size() - 1; i >= 0; i--) {
            if (verdicts.get(i).outcome() != Outcome.PASS) {
                return Optional.of(verdicts.get(i));
            }
        }
        return Optional.empty();
    }

    private static Reason reason(Situation situation, Action action, Optional<Verdict> limit) {
        int current = situation.target().replicas();
        Reason limited = limit.map(Verdict::reason).orElse(Reason.RIGHT_SIZE);
        return switch (action) {
            case HOLD, RESIZE -> limit.isPresent() ? limited : unlimitedHold(situation);
            case SCALE_UP ->
                limited == Reason.FALLBACK || limited == Reason.TOO_FEW_REPLICAS
                        ? limited
                        : current == 0 ? Reason.WAKING : Reason.DEMAND_ROSE;
            case SCALE_DOWN -> limited == Reason.TOO_MANY_REPLICAS ? limited : Reason.DEMAND_FELL;
        };
    }

    private static Reason unlimitedHold(Situation situation) {
        for (Observation seen : situation.observations()) {
            Reason weakness = Freshness.weakness(seen);
            if (weakness != Reason.PASSED && weakness != Reason.AWAITING_SAMPLE) {
                return weakness;
            }
        }
        for (Recommendation recommendation : situation.recommendations()) {
            Optional<Reason> why = recommendation.active() ? hold(recommendation.basis()) : Optional.empty();
            if (why.isPresent()) {
                return why.get();
            }
            if (recommendation.basis() instanceof Basis.Usage usage
                    && usage.kept()
                    && recommendation.size() == situation.target().replicas()) {
                return Reason.WITHIN_TOLERANCE;
            }
        }
        return situation.target().replicas() == 0 ? Reason.IDLE : Reason.RIGHT_SIZE;
    }

    /** Why a size that a recommendation asks for is held, if it is not simply the right one. */
    private static Optional<Reason> hold(Basis basis) {
        return switch (basis) {
            case Basis.RateUnknown ignored -> Optional.of(Reason.LEARNING_RATE);
            case Basis.SparkUnseen ignored -> Optional.of(Reason.LEARNING_RATE);
            case Basis.SparkNextRun ignored -> Optional.empty();
            case Basis.SparkIdle ignored -> Optional.of(Reason.EXECUTORS_KEPT);
            case Basis.SparkJobs jobs ->
                switch (jobs.plan()) {
                    case LEARNING -> Optional.of(Reason.LEARNING_RATE);
                    case ENOUGH -> Optional.of(Reason.NO_SOONER);
                    case KEPT -> Optional.of(Reason.EXECUTORS_KEPT);
                    case KNEE, OBJECTIVE, RAMP, HOPELESS, TAIL, NEXT_STAGE -> Optional.empty();
                };
            case Basis.LagPerReplica ignored -> Optional.empty();
            case Basis.RateForObjective ignored -> Optional.empty();
            case Basis.Usage ignored -> Optional.empty();
            case Basis.ValueAgainstTarget ignored -> Optional.empty();
            case Basis.Scheduled ignored -> Optional.empty();
            case Basis.Combined ignored -> Optional.empty();
            case Basis.SparkBatches ignored -> Optional.empty();
            case Basis.NothingRuns ignored -> Optional.empty();
        };
    }

    private static Optional<LearnedRate> learnedRate(List<Observation> observations) {
        for (Observation seen : observations) {
            if (seen instanceof LagObservation lag && lag.learnedRate().isPresent()) {
                return lag.learnedRate();
            }
        }
        return Optional.empty();
    }

    private static List<Condition> conditions(Situation situation, Optional<Verdict> limit, Optional<Boolean> held) {
        List<Condition> conditions = new ArrayList<>(4);
        conditions.add(ABLE);
        conditions.add(fresh(situation));
        conditions.add(limit.map(verdict -> new Condition(
                        "Limited", true, verdict.reasonCode(), verdict.reason().phrase()))
                .orElse(UNLIMITED));
        boolean spark = situation.policy().ofSpark();
        held.ifPresent(yes -> conditions.add(yes ? spark ? IN_TIME : HELD : spark ? LATE : MISSED));
        return conditions;
    }

    private static Condition fresh(Situation situation) {
        for (Observation seen : situation.observations()) {
            Reason weakness = Freshness.weakness(seen);
            if (weakness != Reason.PASSED && weakness != Reason.AWAITING_SAMPLE) {
                return new Condition(
                        "Fresh", false, weakness.code(), seen.signal().name() + ": " + weakness.phrase() + why(seen));
            }
        }
        return FRESH;
    }

    /**
     * Why nothing is known of a signal: at no replica no guard says it. What moves with time is left out, such as an age or how
     * many partitions are not known, since it would be another each time.
     */
    private static String why(Observation seen) {
        boolean lasting = seen.gap() == Reason.SIGNAL_FAILED
                || (seen.gap() == Reason.SIGNAL_UNKNOWN && seen instanceof ValueObservation);
        return lasting && !seen.gapDetail().isEmpty() ? " (" + seen.gapDetail() + ")" : "";
    }
}
