package io.tidegate.policyengine.topology;

import io.tidegate.contracts.decision.DecisionRecord;
import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.target.Target;
import io.tidegate.decision.Memory;
import io.tidegate.decision.Step;
import io.tidegate.decision.model.Decision;
import io.tidegate.decision.policy.Policy;
import io.tidegate.policyengine.EngineMetrics.Refused;
import io.tidegate.policyengine.WorkloadReading;
import io.tidegate.policyengine.WorkloadReading.Why;
import io.tidegate.policyengine.WorkloadReadings;
import io.tidegate.policyengine.decide.CoreSnapshots;
import io.tidegate.policyengine.decide.DecisionRecords;
import io.tidegate.policyengine.decide.Ids;
import io.tidegate.policyengine.decide.Moment;
import io.tidegate.policyengine.decide.PolicyRules;
import io.tidegate.policyengine.decide.RunDeadline;
import io.tidegate.policyengine.decide.TargetChanges;
import io.tidegate.policyengine.decide.TargetRecords;
import io.tidegate.policyengine.decide.TargetRecords.Stamp;
import io.tidegate.policyengine.state.DueIndex;
import io.tidegate.policyengine.state.Emitted;
import io.tidegate.policyengine.state.Emitted.KeptTarget;
import io.tidegate.policyengine.state.Emitted.LastDecision;
import io.tidegate.policyengine.state.EngineStore;
import io.tidegate.policyengine.state.PolicyState;
import io.tidegate.policyengine.state.StateTooLargeException;
import io.tidegate.policyengine.state.WorkloadState;
import io.tidegate.policyengine.state.WorkloadState.LastOutcome;
import io.tidegate.policyengine.state.WorkloadState.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Decides for one workload, and remembers and tells what comes of it. */
final class WorkloadDecisions {

    /** What was told last may have to be told again after a crash, for as long as a commit may fail to come. */
    static final long FORGET_AFTER = Duration.ofMinutes(10).toMillis();

    private static final Logger LOG = Logger.getLogger(WorkloadDecisions.class);

    /** What metrics say in place of a sentence, which may hold anything. */
    private static final String UNDECIDED = "nothing can be decided by the policy";

    private static final long REST = Duration.ofHours(1).toMillis();
    private static final Comparator<PolicyFact> OLDEST_FIRST = Comparator.comparing(PolicyFact::createdAt)
            .thenComparing(policy -> policy.policy().name());

    private final EngineParts parts;
    private final EngineStore store;
    private final DueIndex due;
    private final Telling telling;
    private final KeptDecisions decisions;
    private final WorkloadReadings readings;
    private final PolicyRules rules = new PolicyRules();

    WorkloadDecisions(EngineParts parts, EngineStore store, DueIndex due, Telling telling, KeptDecisions decisions) {
        this.parts = parts;
        this.store = store;
        this.due = due;
        this.telling = telling;
        this.decisions = decisions;
        this.readings = parts.metrics().readings();
    }

    /** Decides; the fact at this moment has been applied to the state. */
    void decide(WorkloadId id, WorkloadState applied, Moment at) {
        Moment moment = at.notBefore(applied.logTime());
        WorkloadState state = applied.appliedAt(moment.offset(), moment.millis());
        List<PolicyFact> policies = policies(id, state.policies());
        Round round = new Round(moment, new HashSet<>());
        if (policies.isEmpty()) {
            state = state.withMemory(state.memory(), moment.millis() + FORGET_AFTER);
            readings.forget(id);
        } else {
            state = ruled(policies.getFirst(), state, round);
            for (PolicyFact loser : policies.subList(1, policies.size())) {
                state = tell(conflicted(loser, policies.getFirst(), state, moment), state, round);
            }
        }
        remember(id, withEmitted(state, decisions.release(id, releaseOthers(id, state, round))));
    }

    /** Policies that name this workload, the one that rules first. */
    private List<PolicyFact> policies(WorkloadId id, List<PolicyId> ids) {
        List<PolicyFact> policies = new ArrayList<>(ids.size());
        for (PolicyId policy : ids) {
            store.policy(policy)
                    .map(PolicyState::fact)
                    .filter(fact -> fact.workload().equals(id))
                    .ifPresent(policies::add);
        }
        policies.sort(OLDEST_FIRST);
        return policies;
    }

    private WorkloadState ruled(PolicyFact policy, WorkloadState state, Round round) {
        return switch (rules.of(policy)) {
            case PolicyRules.Rules.Unusable unusable ->
                undecidable(policy, state, TargetRecords.INVALID_POLICY, unusable.sentence(), round);
            case PolicyRules.Rules.Usable usable ->
                decided(policy, RunDeadline.applied(usable.policy(), state.target()), state, round);
        };
    }

    private WorkloadState decided(PolicyFact policy, Policy usable, WorkloadState state, Round round) {
        Moment moment = round.moment();
        Step step;
        @Nullable DecisionRecord differing;
        long started = System.nanoTime();
        try {
            step = parts.decide().decide(usable, CoreSnapshots.of(state), state.memory(), moment.now());
            differing = DecisionRecords.differs(state.emitted().last(), step.decision(), policy)
                    ? DecisionRecords.of(step.decision(), policy, moment, nextSequence(state, moment))
                    : null;
        } catch (RuntimeException e) {
            LOG.errorf(e, "decision failed workload=%s policy=%s", policy.workload(), policy.policy());
            String sentence = "The decision failed, the size stays as it is: " + e;
            return undecidable(policy, state, TargetRecords.DECISION_FAILED, sentence, round);
        } finally {
            parts.metrics().decisionTime().record(System.nanoTime() - started, TimeUnit.NANOSECONDS);
        }
        WorkloadState remembered =
                state.withMemory(step.memory(), step.nextDue().toEpochMilli());
        readings.decided(policy.workload(), WorkloadReading.of(usable, mode(policy), step.decision(), outcome(state)));
        return differing == null
                ? kept(policy, remembered, step.decision(), round)
                : differing(differing, policy, remembered, step.decision(), round);
    }

    /** A decision that differs from the last is told, and its target with it. */
    private WorkloadState differing(
            DecisionRecord told, PolicyFact policy, WorkloadState state, Decision decision, Round round) {
        Emitted emitted = telling.decision(told, state.emitted(), round.moment());
        readings.told(told.workload(), told.action(), told.at());
        Stamp stamp = new Stamp(round.moment(), told.sequence(), told.id(), rules.hash(policy));
        Target target = TargetRecords.decided(policy, state, decision, told.sentence(), stamp);
        round.held().add(target.key());
        emitted = telling.target(target, emitted, round.moment());
        telling.log(told);
        return state.withEmitted(emitted);
    }

    /** A decision like the last: its target is told if something else about it has changed. */
    private WorkloadState kept(PolicyFact policy, WorkloadState state, Decision decision, Round round) {
        LastDecision last = state.emitted().last();
        long sequence = nextSequence(state, round.moment());
        Stamp draftStamp = new Stamp(round.moment(), sequence, "", rules.hash(policy));
        Target draft = TargetRecords.decided(policy, state, decision, "", draftStamp);
        round.held().add(draft.key());
        if (!worthTelling(draft, state.emitted())) {
            return state;
        }
        String decisionId = Ids.decision(policy.workload(), last == null ? sequence : last.sequence());
        Stamp stamp = new Stamp(round.moment(), sequence, decisionId, rules.hash(policy));
        return tell(TargetRecords.decided(policy, state, decision, decision.sentence(), stamp), state, round);
    }

    private WorkloadState undecidable(
            PolicyFact policy, WorkloadState state, String reason, String sentence, Round round) {
        Moment moment = round.moment();
        Target target = TargetRecords.undecidable(policy, state, reason, sentence, stamp(policy, state, moment));
        readings.decided(
                policy.workload(), WorkloadReading.undecided(mode(policy), new Why(reason, UNDECIDED), outcome(state)));
        return tell(target, state.withMemory(state.memory(), moment.millis() + REST), round);
    }

    private static String mode(PolicyFact policy) {
        return policy.spec().mode().name();
    }

    private static @Nullable String outcome(WorkloadState state) {
        LastOutcome last = state.outcome();
        return last == null ? null : last.result().name();
    }

    private Target conflicted(PolicyFact policy, PolicyFact ruling, WorkloadState state, Moment moment) {
        return TargetRecords.conflicted(policy, ruling, stamp(policy, state, moment));
    }

    private Stamp stamp(PolicyFact policy, WorkloadState state, Moment moment) {
        long sequence = nextSequence(state, moment);
        return new Stamp(moment, sequence, Ids.decision(policy.workload(), sequence), rules.hash(policy));
    }

    private static long nextSequence(WorkloadState state, Moment moment) {
        return state.emitted().nextSequence(moment.millis());
    }

    private WorkloadState tell(Target target, WorkloadState state, Round round) {
        round.held().add(target.key());
        return worthTelling(target, state.emitted())
                ? state.withEmitted(telling.target(target, state.emitted(), round.moment()))
                : state;
    }

    private boolean worthTelling(Target target, Emitted emitted) {
        KeptTarget kept = emitted.target(target.key());
        if (kept == null || kept.gone()) {
            return true;
        }
        Target last = store.target(target.key()).orElse(null);
        // A target that the state does not know of was kept just before a crash: it was worth telling then.
        return last == null || last.sequence() != kept.sequence() || TargetChanges.differs(last, target);
    }

    /** Tombstones for keys that are held no more; those told long ago are forgotten. */
    private Emitted releaseOthers(WorkloadId id, WorkloadState state, Round round) {
        Moment moment = round.moment();
        Emitted emitted = state.emitted();
        for (KeptTarget kept : emitted.targets()) {
            if (!kept.gone() && !round.held().contains(kept.key())) {
                emitted = telling.tombstone(id, kept.key(), emitted, moment);
            }
        }
        long forgetBefore = moment.millis() - FORGET_AFTER;
        if (hasForgettable(emitted.targets(), forgetBefore)) {
            emitted = emitted.withTargets(emitted.targets().stream()
                    .filter(kept -> !forgettable(kept, forgetBefore))
                    .toList());
        }
        return emitted;
    }

    @SuppressWarnings("ReferenceEquality") // The same object needs no other state.
    private static WorkloadState withEmitted(WorkloadState state, Emitted emitted) {
        return emitted == state.emitted() ? state : state.withEmitted(emitted);
    }

    private static boolean hasForgettable(List<KeptTarget> targets, long before) {
        for (KeptTarget kept : targets) {
            if (forgettable(kept, before)) {
                return true;
            }
        }
        return false;
    }

    private static boolean forgettable(KeptTarget kept, long before) {
        return kept.gone() && !kept.untold() && kept.at() < before;
    }

    private void remember(WorkloadId id, WorkloadState state) {
        WorkloadState kept = state;
        try {
            store.put(id, state);
        } catch (StateTooLargeException e) {
            LOG.errorf("samples and history of a workload were dropped workload=%s reason=%s", id, e.getMessage());
            parts.metrics().refused(Refused.TOO_LARGE);
            kept = bare(state, e.getMessage());
            try {
                store.put(id, kept);
            } catch (StateTooLargeException stillTooLarge) {
                throw new IllegalStateException(stillTooLarge);
            }
        }
        due.set(id, kept.dueAt());
    }

    private static WorkloadState bare(WorkloadState state, @Nullable String why) {
        WorkloadState bare = new WorkloadState(
                state.offset(),
                state.logTime(),
                state.target(),
                state.policies(),
                List.of(),
                List.of(),
                state.outcome(),
                Memory.empty(),
                state.emitted(),
                state.nextDue());
        return bare.withRefusal(new Refusal("", "TooLarge", String.valueOf(why)));
    }

    /** One decision: when it is made, and the target keys that are held after it. */
    private record Round(Moment moment, Set<String> held) {}
}
