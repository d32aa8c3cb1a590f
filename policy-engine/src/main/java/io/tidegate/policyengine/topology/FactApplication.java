package io.tidegate.policyengine.topology;

import io.tidegate.contracts.fact.Fact;
import io.tidegate.contracts.fact.OutcomeFact;
import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.fact.PolicyTombstone;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.contracts.fact.TickFact;
import io.tidegate.contracts.fact.WorkloadFact;
import io.tidegate.contracts.fact.WorkloadTombstone;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.policyengine.EngineMetrics;
import io.tidegate.policyengine.EngineMetrics.Refused;
import io.tidegate.policyengine.decide.CoreSamples;
import io.tidegate.policyengine.decide.Moment;
import io.tidegate.policyengine.state.DueIndex;
import io.tidegate.policyengine.state.EngineStore;
import io.tidegate.policyengine.state.ObservedSample;
import io.tidegate.policyengine.state.PolicyState;
import io.tidegate.policyengine.state.WorkloadState;
import io.tidegate.policyengine.state.WorkloadState.LastOutcome;
import io.tidegate.policyengine.state.WorkloadState.ObservedTarget;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Applies each fact to what it speaks of, once, and has decided what follows. */
final class FactApplication {

    /** Policies of one workload that are kept: one rules, the others are told so. */
    static final int MAX_POLICIES = 16;

    private static final Logger LOG = Logger.getLogger(FactApplication.class);

    private final EngineStore store;
    private final DueIndex due;
    private final Telling telling;
    private final WorkloadDecisions decisions;
    private final EngineMetrics metrics;

    FactApplication(
            EngineStore store, DueIndex due, Telling telling, WorkloadDecisions decisions, EngineMetrics metrics) {
        this.store = store;
        this.due = due;
        this.telling = telling;
        this.decisions = decisions;
        this.metrics = metrics;
    }

    /** Applies a fact; one that has been applied changes nothing. */
    void apply(Fact fact, SampleRules.Times times, Moment moment) {
        switch (fact) {
            case PolicyFact policy -> apply(policy, moment);
            case PolicyTombstone tombstone -> apply(tombstone, moment);
            case WorkloadFact workload -> apply(workload, times, moment);
            case WorkloadTombstone tombstone -> apply(tombstone, moment);
            case SampleFact sample -> apply(sample, times, moment);
            case OutcomeFact outcome -> apply(outcome, moment);
            case TickFact tick -> tick(moment);
        }
    }

    private void apply(PolicyFact policy, Moment moment) {
        PolicyState before = store.policy(policy.policy()).orElse(null);
        WorkloadId left = movedFrom(before, policy);
        if (left != null && !left.equals(policy.workload())) {
            leave(left, policy, moment);
        }
        WorkloadState state = state(policy.workload());
        if (!state.policies().contains(policy.policy()) && state.policies().size() >= MAX_POLICIES) {
            metrics.refused(Refused.TOO_MANY_POLICIES);
            LOG.warnf("policy not taken, its target has %d already policy=%s", MAX_POLICIES, policy.policy());
            return;
        }
        if (before == null || before.offset() < moment.offset()) {
            store.put(new PolicyState(moment.offset(), policy, left));
        }
        if (!state.hasApplied(moment.offset())) {
            decisions.decide(policy.workload(), state.withPolicy(policy.policy()), moment);
        }
    }

    private static @Nullable WorkloadId movedFrom(@Nullable PolicyState before, PolicyFact policy) {
        if (before == null) {
            return null;
        }
        WorkloadId named = before.fact().workload();
        return named.equals(policy.workload()) ? before.movedFrom() : named;
    }

    private void leave(WorkloadId workload, PolicyFact policy, Moment moment) {
        store.workload(workload)
                .filter(state -> state.policies().contains(policy.policy()) && !state.hasApplied(moment.offset()))
                .ifPresent(state -> decisions.decide(workload, state.withoutPolicy(policy.policy()), moment));
    }

    private void apply(PolicyTombstone tombstone, Moment moment) {
        Optional<PolicyState> known = store.policy(tombstone.policy());
        if (known.isEmpty()) {
            telling.tombstoneOfUnknown(tombstone.key(), moment);
            return;
        }
        if (known.get().offset() > moment.offset()) {
            return;
        }
        PolicyFact policy = known.get().fact();
        // The policy goes last: after a crash in between, reading the tombstone again finds it, and finishes.
        leave(policy.workload(), policy, moment);
        store.removePolicy(tombstone.policy());
    }

    private void apply(WorkloadFact fact, SampleRules.Times times, Moment moment) {
        WorkloadState state = state(fact.workload());
        if (!state.hasApplied(moment.offset())) {
            long observedAt = times.bounded();
            decisions.decide(fact.workload(), state.withTarget(new ObservedTarget(bounded(fact), observedAt)), moment);
        }
    }

    private void apply(WorkloadTombstone tombstone, Moment moment) {
        Optional<WorkloadState> known = store.workload(tombstone.workload());
        if (known.isEmpty() || known.get().emitted().target(tombstone.key()) == null) {
            telling.tombstoneOfUnknown(tombstone.key(), moment);
        }
        known.filter(state -> !state.hasApplied(moment.offset()))
                .ifPresent(state -> decisions.decide(tombstone.workload(), state.withTarget(null), moment));
    }

    private void apply(SampleFact sample, SampleRules.Times times, Moment moment) {
        WorkloadState state = state(sample.workload());
        if (state.hasApplied(moment.offset())) {
            return;
        }
        Optional<SampleRules.Rejection> rejection = SampleRules.check(sample, state, store, times);
        if (rejection.isPresent()) {
            metrics.refused(rejection.get().counted());
            rejection
                    .get()
                    .told()
                    .ifPresent(refusal -> decisions.decide(sample.workload(), state.withRefusal(refusal), moment));
            return;
        }
        CoreSamples.of(sample, times.bounded())
                .ifPresent(taken ->
                        decisions.decide(sample.workload(), state.withSample(new ObservedSample(taken)), moment));
    }

    private void apply(OutcomeFact outcome, Moment moment) {
        WorkloadState state = state(outcome.workload());
        LastOutcome last = state.outcome();
        if (state.hasApplied(moment.offset()) || (last != null && last.sequence() > outcome.sequence())) {
            return;
        }
        decisions.decide(
                outcome.workload(),
                state.withOutcome(
                        new LastOutcome(outcome.sequence(), outcome.result(), CoreSamples.cut(outcome.message()))),
                moment);
    }

    private void tick(Moment moment) {
        for (WorkloadId workload : due.dueAt(moment.millis())) {
            Optional<WorkloadState> known = store.workload(workload);
            if (known.isEmpty()) {
                due.remove(workload);
            } else if (!known.get().hasApplied(moment.offset())) {
                decideDue(workload, known.get(), moment);
            }
        }
    }

    private void decideDue(WorkloadId workload, WorkloadState state, Moment moment) {
        boolean forgotten =
                state.policies().isEmpty() && state.emitted().targets().stream().allMatch(target -> target.gone());
        if (forgotten) {
            telling.beforeForgetting(state);
            store.remove(workload, state);
            due.remove(workload);
        } else {
            decisions.decide(workload, state, moment);
        }
    }

    private WorkloadState state(WorkloadId workload) {
        return store.workload(workload).orElse(WorkloadState.EMPTY);
    }

    private static WorkloadFact bounded(WorkloadFact fact) {
        String problem = fact.problem();
        return problem == null || problem.length() <= CoreSamples.MAX_MESSAGE
                ? fact
                : new WorkloadFact(
                        fact.workload(),
                        fact.scale(),
                        fact.replicas(),
                        fact.statusReplicas(),
                        fact.pods(),
                        fact.lastStartMillis(),
                        CoreSamples.cut(problem),
                        fact.driver(),
                        fact.template());
    }
}
