package io.tidegate.policyengine.topology;

import io.tidegate.decision.Memory;
import io.tidegate.decision.Step;
import io.tidegate.decision.model.Action;
import io.tidegate.decision.model.Condition;
import io.tidegate.decision.model.Decision;
import io.tidegate.decision.model.Input;
import io.tidegate.decision.model.PartitionOffsets;
import io.tidegate.decision.model.Reading;
import io.tidegate.decision.model.Reason;
import io.tidegate.decision.model.SignalSample;
import io.tidegate.decision.model.Snapshot;
import io.tidegate.decision.model.TargetState;
import io.tidegate.decision.policy.Mode;
import io.tidegate.decision.policy.Policy;
import io.tidegate.policyengine.decide.DecisionFunction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A core that can be worked out by hand: one replica per 10 records of lag, and due after a rest. */
final class ScriptedDecisions implements DecisionFunction {

    private static final Condition ABLE = new Condition("Able", true, "Able", "the target can be scaled");

    Duration rest = Duration.ofHours(1);
    int calls;
    boolean broken;

    @Override
    public Step decide(Policy policy, Snapshot snapshot, Memory memory, Instant now) {
        calls++;
        if (broken) {
            throw new IllegalStateException("broken on purpose");
        }
        Instant due = now.plus(rest);
        return switch (snapshot.target()) {
            case TargetState.Unseen unseen -> new Step(hold(0, Reason.TARGET_UNSEEN), memory, due);
            case TargetState.Missing missing -> new Step(hold(0, Reason.TARGET_MISSING), memory, due);
            case TargetState.BetweenRuns between -> new Step(hold(0, Reason.TARGET_MISSING), memory, due);
            case TargetState.Known known -> new Step(size(policy, snapshot, known.replicas()), memory, due);
        };
    }

    private static Decision size(Policy policy, Snapshot snapshot, int current) {
        if (policy.mode() == Mode.PAUSED) {
            return hold(current, Reason.PAUSED);
        }
        if (snapshot.samples().isEmpty()) {
            return hold(current, Reason.SIGNAL_UNSEEN);
        }
        long lag = snapshot.samples().stream().mapToLong(ScriptedDecisions::lag).sum();
        int desired = Math.clamp((lag + 9) / 10, policy.min(), policy.max());
        if (desired == current) {
            return of(Action.HOLD, current, current, lag == 0 ? Reason.IDLE : Reason.RIGHT_SIZE, lag);
        }
        return desired > current
                ? of(Action.SCALE_UP, current, desired, current == 0 ? Reason.WAKING : Reason.DEMAND_ROSE, lag)
                : of(Action.SCALE_DOWN, current, desired, Reason.DEMAND_FELL, lag);
    }

    private static long lag(SignalSample sample) {
        return switch (sample.reading()) {
            case Reading.Offsets offsets ->
                offsets.partitions().stream().mapToLong(ScriptedDecisions::lag).sum();
            case Reading.Pods pods -> 0;
            case Reading.Spark spark -> 0;
            case Reading.Value value -> 0;
            case Reading.Failed failed -> 0;
        };
    }

    private static long lag(PartitionOffsets partition) {
        return partition.end().orElseThrow() - partition.committed().orElseThrow();
    }

    private static Decision hold(int current, Reason reason) {
        return of(Action.HOLD, current, current, reason, 0);
    }

    private static Decision of(Action action, int current, int desired, Reason reason, long lag) {
        return new Decision(
                action,
                current,
                desired,
                desired,
                reason,
                List.of(new Input("lag", "lag", lag, "records", Duration.ZERO)),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                lag > 0,
                List.of(ABLE));
    }
}
