package io.tidegate.policyengine.decide;

import io.tidegate.contracts.fact.WorkloadFact;
import io.tidegate.decision.model.PartitionOffsets;
import io.tidegate.decision.model.Pods;
import io.tidegate.decision.model.Reading;
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
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What is remembered of a workload, as decision-core takes it. */
public final class CoreSnapshots {

    private static final int NUMBERS = 4;

    private CoreSnapshots() {}

    /** The workload and the newest sample of each signal. */
    public static Snapshot of(WorkloadState state) {
        return new Snapshot(
                target(state.target()),
                state.samples().stream().map(CoreSnapshots::sample).toList());
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
        WorkloadFact.PodCounts pods = fact.pods();
        return new TargetState.Known(
                replicas,
                fact.statusReplicas(),
                new Pods(pods.ready(), pods.pending(), pods.unschedulable(), pods.failed(), pods.terminating()),
                Optional.ofNullable(fact.lastStartMillis()).map(Duration::ofMillis),
                observedAt);
    }

    private static SignalSample sample(ObservedSample sample) {
        String error = sample.error();
        return new SignalSample(
                sample.signal(),
                Instant.ofEpochMilli(sample.observedAt()),
                error != null ? new Reading.Failed(error) : new Reading.Offsets(partitions(sample.topics())));
    }

    private static List<PartitionOffsets> partitions(List<ObservedSample.TopicOffsets> topics) {
        List<PartitionOffsets> partitions = new ArrayList<>();
        for (ObservedSample.TopicOffsets topic : topics) {
            List<Long> numbers = topic.numbers();
            for (int at = 0; at + NUMBERS <= numbers.size(); at += NUMBERS) {
                partitions.add(new PartitionOffsets(
                        topic.topic(),
                        numbers.get(at).intValue(),
                        known(numbers.get(at + 1)),
                        known(numbers.get(at + 2)),
                        known(numbers.get(at + 3))));
            }
        }
        return partitions;
    }

    private static OptionalLong known(long offset) {
        return offset < 0 ? OptionalLong.empty() : OptionalLong.of(offset);
    }
}
