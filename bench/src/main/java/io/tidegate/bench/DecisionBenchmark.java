package io.tidegate.bench;

import io.tidegate.decision.DecisionEngine;
import io.tidegate.decision.Memory;
import io.tidegate.decision.Step;
import io.tidegate.decision.model.ContainerReading;
import io.tidegate.decision.model.Decision;
import io.tidegate.decision.model.PartitionOffsets;
import io.tidegate.decision.model.PodPhase;
import io.tidegate.decision.model.PodReading;
import io.tidegate.decision.model.Pods;
import io.tidegate.decision.model.Reading;
import io.tidegate.decision.model.SignalSample;
import io.tidegate.decision.model.Snapshot;
import io.tidegate.decision.model.TargetState;
import io.tidegate.decision.policy.KafkaSignal;
import io.tidegate.decision.policy.Mode;
import io.tidegate.decision.policy.Objective;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.policy.Resource;
import io.tidegate.decision.policy.ResourceSignal;
import io.tidegate.decision.policy.ResourceTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Decisions a second on one core, each on a new sample 200 ms after the last, without rendering sentences. The load rises
 * and falls, so that the size is held for most of the time and changed for some of it. Budget: 250,000, goal 1,000,000.
 */
@State(Scope.Thread)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class DecisionBenchmark {
    /** A bit over 13 minutes of samples. */
    private static final int SAMPLES = 4_000;
    /** Fewer, so that they stay in the cache as a sample does that was just decoded: a pod is four times a partition. */
    private static final int USAGE_SAMPLES = 400;

    private static final long PERIOD_MILLIS = 200;
    private static final long RATE = 200;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** How the size is chosen. */
    @Param({"lag", "rate", "usage"})
    public String by = "lag";

    /** Partitions of the topic, or pods of the target. */
    @Param({"12", "60"})
    public int parts = 12;

    private static final ResourceSignal CPU =
            ResourceSignal.of("cpu", Resource.CPU, new ResourceTarget.AverageUtilization(70));

    private final List<Snapshot> snapshots = new ArrayList<>();
    private final List<Instant> times = new ArrayList<>();
    private Policy policy = policy(Optional.empty());
    private Memory memory = Memory.empty();
    private int next;

    /** Makes the samples: the offsets of a group that follows its arrivals as well as its size allows. */
    @Setup
    public void record() {
        snapshots.clear();
        times.clear();
        memory = Memory.empty();
        next = 0;
        if (by.equals("usage")) {
            policy = new Policy(
                    Mode.ENFORCE, 1, 400, Optional.empty(), List.of(CPU), Optional.empty(), Optional.empty());
            recordUsage();
            return;
        }
        boolean byRate = by.equals("rate");
        policy = policy(byRate ? Optional.of(new Objective.Latency(Duration.ofSeconds(10), 99)) : Optional.empty());
        double end = 0;
        double committed = 0;
        int replicas = 0;
        Memory past = Memory.empty();
        for (int i = 0; i < SAMPLES; i++) {
            Instant at = START.plusMillis(i * PERIOD_MILLIS);
            double worth = 3 + 3 * StrictMath.sin(i / 300.0);
            end += worth * RATE * PERIOD_MILLIS / 1_000;
            committed = Math.min(end - RATE * worth / 4, committed + replicas * RATE * PERIOD_MILLIS / 1_000.0);
            Snapshot snapshot = snapshot(replicas, (long) Math.max(0, committed), (long) end, at);
            snapshots.add(snapshot);
            times.add(at);
            Step step = DecisionEngine.decide(policy, snapshot, past, at);
            past = step.memory();
            replicas = step.decision().desired();
        }
    }

    /** One decision on the next sample. */
    @Benchmark
    public Decision decide() {
        if (next == snapshots.size()) {
            next = 0;
            memory = Memory.empty();
        }
        Step step = DecisionEngine.decide(policy, snapshots.get(next), memory, times.get(next));
        next++;
        memory = step.memory();
        return step.decision();
    }

    /** Pods whose use swings from a fifth of the request to once and a half of it; one in eleven has no metric. */
    private void recordUsage() {
        for (int i = 0; i < USAGE_SAMPLES; i++) {
            Instant at = START.plusMillis(i * PERIOD_MILLIS);
            long used = Math.round(850 + 650 * StrictMath.sin(i / 30.0));
            List<PodReading> pods = new ArrayList<>();
            for (int pod = 0; pod < parts; pod++) {
                pods.add(pod("pod-" + pod, pod % 11 == 10 ? OptionalLong.empty() : OptionalLong.of(used + pod), at));
            }
            TargetState target = new TargetState.Known(parts, parts, Pods.allReady(parts), Optional.empty(), at);
            SignalSample sample = new SignalSample(ResourceSignal.SAMPLE, at, new Reading.Pods(pods));
            snapshots.add(new Snapshot(target, List.of(sample)));
            times.add(at);
        }
    }

    private static PodReading pod(String name, OptionalLong used, Instant at) {
        return new PodReading(
                name,
                PodPhase.RUNNING,
                false,
                Optional.of(true),
                Optional.of(START.minusSeconds(600)),
                Optional.of(START.minusSeconds(660)),
                Optional.of(at),
                OptionalLong.of(15_000),
                OptionalLong.empty(),
                OptionalLong.empty(),
                List.of(new ContainerReading("main", OptionalLong.of(1_000), OptionalLong.of(1 << 30), used, used)));
    }

    private Snapshot snapshot(int replicas, long committed, long end, Instant at) {
        List<PartitionOffsets> offsets = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            offsets.add(new PartitionOffsets(
                    "orders",
                    i,
                    OptionalLong.of(share(committed, i)),
                    OptionalLong.of(0),
                    OptionalLong.of(share(end, i))));
        }
        TargetState target = new TargetState.Known(replicas, replicas, Pods.allReady(replicas), Optional.empty(), at);
        return new Snapshot(target, List.of(new SignalSample("lag", at, new Reading.Offsets(offsets))));
    }

    private long share(long total, int partition) {
        return total / parts + (partition < total % parts ? 1 : 0);
    }

    private static Policy policy(Optional<Objective> objective) {
        return new Policy(
                Mode.ENFORCE, 0, 40, objective, List.of(KafkaSignal.named("lag")), Optional.empty(), Optional.empty());
    }
}
