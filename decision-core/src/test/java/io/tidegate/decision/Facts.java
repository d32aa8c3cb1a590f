package io.tidegate.decision;

import io.tidegate.decision.formula.Formula;
import io.tidegate.decision.model.PartitionOffsets;
import io.tidegate.decision.model.Pods;
import io.tidegate.decision.model.Reading;
import io.tidegate.decision.model.SignalSample;
import io.tidegate.decision.model.Snapshot;
import io.tidegate.decision.model.TargetState;
import io.tidegate.decision.policy.Behavior;
import io.tidegate.decision.policy.Fallback;
import io.tidegate.decision.policy.KafkaSignal;
import io.tidegate.decision.policy.LagOptions;
import io.tidegate.decision.policy.Mode;
import io.tidegate.decision.policy.NoCommittedOffset;
import io.tidegate.decision.policy.Objective;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.policy.RateLimit;
import io.tidegate.decision.policy.ScalingRules;
import io.tidegate.decision.policy.ScheduleSignal;
import io.tidegate.decision.policy.SelectPolicy;
import io.tidegate.decision.policy.Signal;
import io.tidegate.decision.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Builds what tests feed to the engine, in few words. */
public final class Facts {
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Facts() {}

    public static Instant second(double second) {
        return START.plusMillis(Math.round(second * 1_000));
    }

    /** A policy by lag, 10 records per replica, from {@code min} to {@code max}. */
    public static Policy byLag(int min, int max) {
        return new Policy(
                Mode.ENFORCE,
                min,
                max,
                Optional.empty(),
                List.of(KafkaSignal.named("lag")),
                Optional.empty(),
                Optional.empty());
    }

    /** A policy that keeps {@code seconds} of latency. */
    public static Policy byLatency(int min, int max, int seconds) {
        return new Policy(
                Mode.ENFORCE,
                min,
                max,
                Optional.of(new Objective.Latency(Duration.ofSeconds(seconds), 99)),
                List.of(KafkaSignal.named("lag")),
                Optional.empty(),
                Optional.empty());
    }

    public static Policy with(Policy policy, Mode mode) {
        return new Policy(
                mode,
                policy.min(),
                policy.max(),
                policy.objective(),
                policy.signals(),
                policy.behavior(),
                policy.fallback());
    }

    public static Policy with(Policy policy, Signal... signals) {
        return new Policy(
                policy.mode(),
                policy.min(),
                policy.max(),
                policy.objective(),
                List.of(signals),
                policy.behavior(),
                policy.fallback());
    }

    public static Policy with(Policy policy, ScalingRules up, ScalingRules down) {
        return new Policy(
                policy.mode(),
                policy.min(),
                policy.max(),
                policy.objective(),
                policy.signals(),
                Optional.of(new Behavior(up, down)),
                policy.fallback());
    }

    public static Policy with(Policy policy, Fallback fallback) {
        return new Policy(
                policy.mode(),
                policy.min(),
                policy.max(),
                policy.objective(),
                policy.signals(),
                policy.behavior(),
                Optional.of(fallback));
    }

    /** The policy with a formula over its signals. */
    public static Policy with(Policy policy, String formula) {
        return new Policy(
                policy.mode(),
                policy.min(),
                policy.max(),
                policy.objective(),
                policy.signals(),
                policy.behavior(),
                policy.fallback(),
                Optional.of(Formula.parse(
                        formula, policy.signals().stream().map(Signal::name).toList())));
    }

    /** 20 replicas from {@code start} to {@code end}, in UTC. */
    public static ScheduleSignal night(String start, String end) {
        return new ScheduleSignal("night", Schedule.parse("UTC", start, end), 20);
    }

    public static ScalingRules window(int seconds) {
        return new ScalingRules(
                Optional.of(Duration.ofSeconds(seconds)), Optional.empty(), List.of(), OptionalDouble.empty());
    }

    public static ScalingRules limits(SelectPolicy select, RateLimit... limits) {
        return new ScalingRules(
                Optional.of(Duration.ZERO), Optional.of(select), List.of(limits), OptionalDouble.empty());
    }

    public static ScalingRules tolerance(double tolerance) {
        return new ScalingRules(Optional.of(Duration.ZERO), Optional.empty(), List.of(), OptionalDouble.of(tolerance));
    }

    public static RateLimit pods(int value, int seconds) {
        return new RateLimit(RateLimit.Type.PODS, value, Duration.ofSeconds(seconds));
    }

    public static RateLimit percent(int value, int seconds) {
        return new RateLimit(RateLimit.Type.PERCENT, value, Duration.ofSeconds(seconds));
    }

    public static KafkaSignal signal(String name, int threshold, int activation, NoCommittedOffset uncommitted) {
        return new KafkaSignal(
                name, threshold, activation, uncommitted, OptionalDouble.empty(), false, LagOptions.none());
    }

    public static KafkaSignal idleAllowed(String name) {
        return new KafkaSignal(
                name, 10, 0, NoCommittedOffset.EARLIEST, OptionalDouble.empty(), true, LagOptions.none());
    }

    public static KafkaSignal rated(String name, double ratePerReplica) {
        return new KafkaSignal(
                name, 10, 0, NoCommittedOffset.EARLIEST, OptionalDouble.of(ratePerReplica), false, LagOptions.none());
    }

    public static TargetState running(int replicas) {
        return new TargetState.Known(replicas, replicas, Pods.allReady(replicas), Optional.empty(), START);
    }

    /** {@code replicas} are asked for, {@code ready} of them are ready, the others start. */
    public static TargetState starting(int replicas, int ready) {
        return new TargetState.Known(
                replicas, replicas, new Pods(ready, replicas - ready, 0, 0, 0), Optional.empty(), START);
    }

    public static Snapshot seen(TargetState target, SignalSample... samples) {
        return new Snapshot(target, List.of(samples));
    }

    /** A sample of "lag" with this lag in each partition. */
    public static SignalSample lag(double second, long... lags) {
        return lag("lag", second, lags);
    }

    public static SignalSample lag(String signal, double second, long... lags) {
        List<PartitionOffsets> partitions = new ArrayList<>();
        for (long lag : lags) {
            partitions.add(partition(partitions.size(), 1_000L, 0L, 1_000L + lag));
        }
        return offsets(signal, second, partitions);
    }

    /** A sample of "lag" over {@code count} partitions, all committed to and ending at the same offset. */
    public static SignalSample even(double second, int count, long committed, long end) {
        List<PartitionOffsets> partitions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            partitions.add(partition(i, committed, 0L, end));
        }
        return offsets("lag", second, partitions);
    }

    public static SignalSample offsets(String signal, double second, List<PartitionOffsets> partitions) {
        return new SignalSample(signal, second(second), new Reading.Offsets(partitions));
    }

    public static SignalSample failed(double second, String error) {
        return new SignalSample("lag", second(second), new Reading.Failed(error));
    }

    /** -1 stands for unknown. */
    public static PartitionOffsets partition(int index, long committed, long start, long end) {
        return new PartitionOffsets("orders", index, known(committed), known(start), known(end));
    }

    private static OptionalLong known(long offset) {
        return offset < 0 ? OptionalLong.empty() : OptionalLong.of(offset);
    }
}
