package io.tidegate.policyengine.decide;

import io.tidegate.contracts.fact.WorkloadFact;
import io.tidegate.decision.model.Pods;
import io.tidegate.decision.model.SignalSample;
import io.tidegate.decision.model.Snapshot;
import io.tidegate.decision.model.TargetState;
import io.tidegate.policyengine.state.ObservedSample;
import io.tidegate.policyengine.state.WorkloadState;
import io.tidegate.policyengine.state.WorkloadState.ObservedTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is remembered of a workload, as decision-core takes it. */
public final class CoreSnapshots {

    private CoreSnapshots() {}

    /** The workload and the newest sample of each signal. */
    public static Snapshot of(WorkloadState state) {
        List<SignalSample> samples = new ArrayList<>(state.samples().size());
        for (ObservedSample observed : state.samples()) {
            samples.add(observed.sample());
        }
        return new Snapshot(target(state.target()), samples);
    }

    private static TargetState target(@Nullable ObservedTarget target) {
        if (target == null) {
            return new TargetState.Unseen();
        }
        Instant observedAt = Instant.ofEpochMilli(target.observedAt());
        WorkloadFact fact = target.fact();
        Integer replicas = fact.replicas();
        String problem = fact.problem();
        if (replicas == null) {
            return new TargetState.Missing(
                    problem == null ? "The target does not exist, or can't be scaled." : problem, observedAt);
        }
        if (fact.template() != null) {
            return new TargetState.BetweenRuns(replicas, observedAt);
        }
        WorkloadFact.PodCounts pods = fact.pods();
        return new TargetState.Known(
                replicas,
                fact.statusReplicas(),
                new Pods(pods.ready(), pods.pending(), pods.unschedulable(), pods.failed(), pods.terminating()),
                Optional.ofNullable(fact.lastStartMillis()).map(Duration::ofMillis),
                observedAt);
    }
}
