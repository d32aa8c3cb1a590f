package io.tidegate.decision.simulation.spark;

import io.tidegate.decision.DecisionEngine;
import io.tidegate.decision.Memory;
import io.tidegate.decision.Step;
import io.tidegate.decision.model.Pods;
import io.tidegate.decision.model.SignalSample;
import io.tidegate.decision.model.Snapshot;
import io.tidegate.decision.model.TargetState;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.policy.SparkSignal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sizes an application as the engine decides on what its driver tells every quarter of a second. */
final class Engine implements Sizer {
    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");
    private static final long SAMPLE_MS = 250;
    /** From the driver's snapshot to its taking the size: two hops of the log, an API write and a watch. */
    private static final long WAY_MS = 150;

    /** A new size at a time. */
    record Change(double second, int size, String sentence) {}

    private final Policy policy;
    private final String application;
    private final List<Change> changes = new ArrayList<>();
    private Memory memory;
    private long epoch;
    private int target;
    private int decided;
    private long actAt = -1;
    private String sentence = "";
    private Optional<Boolean> held = Optional.empty();

    Engine(Policy policy, String application, Memory memory, long epoch) {
        this.policy = policy;
        this.application = application;
        this.memory = memory;
        this.epoch = epoch;
        this.target = policy.min();
        this.decided = target;
    }

    @Override
    public void step(Cluster cluster, long now) {
        if (actAt >= 0 && now >= actAt) {
            target = decided;
            actAt = -1;
            changes.add(new Change(now / 1e3, target, sentence));
        }
        if (now % SAMPLE_MS != 0) {
            return;
        }
        Instant at = EPOCH.plusMillis(epoch + now);
        int registered = cluster.registered();
        TargetState state = new TargetState.Known(
                target,
                registered,
                new Pods(Math.min(registered, target), Math.max(0, target - registered), 0, 0, 0),
                Optional.empty(),
                at);
        SignalSample sample = new SignalSample(SparkSignal.SAMPLE, at, cluster.reading(target, now, application));
        Step step = DecisionEngine.decide(policy, new Snapshot(state, List.of(sample)), memory, at);
        memory = step.memory();
        held = step.decision().objectiveHeld().or(() -> held);
        if (step.decision().desired() != decided) {
            decided = step.decision().desired();
            sentence = step.decision().sentence();
            actAt = actAt < 0 ? now + WAY_MS : actAt;
        }
    }

    @Override
    public int target() {
        return target;
    }

    @Override
    public boolean drains() {
        return true;
    }

    @Override
    public long idleTimeoutMillis() {
        return Long.MAX_VALUE;
    }

    Memory memory() {
        return memory;
    }

    List<Change> changes() {
        return changes;
    }

    Optional<Boolean> held() {
        return held;
    }
}
