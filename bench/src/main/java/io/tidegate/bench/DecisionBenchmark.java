package io.tidegate.bench;

import io.tidegate.decision.DecisionEngine;
import io.tidegate.decision.Memory;
import io.tidegate.decision.Step;
import io.tidegate.decision.model.Decision;
import io.tidegate.decision.model.PartitionOffsets;
import io.tidegate.decision.model.Pods;
import io.tidegate.decision.model.Reading;
import io.tidegate.decision.model.SignalSample;
import io.tidegate.decision.model.Snapshot;
import io.tidegate.decision.model.TargetState;
import io.tidegate.decision.policy.KafkaSignal;
import io.tidegate.decision.policy.Mode;
import io.tidegate.decision.policy.Objective;
import io.tidegate.decision.policy.Policy;
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

    private static final long PERIOD_MILLIS = 200;
    private static final long RATE = 200;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** How the size is chosen. */
    @Param({"lag", "rate"})
    public String by = "lag";

    /** Partitions of the topic. */
    @Param({"12", "60"})
    public int partitions = 12;

    private final List<Snapshot> snapshots = new ArrayList<>();
    private final List<Instant> times = new ArrayList<>();
    private Policy policy = policy(Optional.empty());
    private Memory memory = Memory.empty();
    private int next;

    /** Makes the samples: the offsets of a group that follows its arrivals as well as its size allows. */
    @Setup
    public void record() {
        boolean byRate = by.equals("rate");
        policy = policy(byRate ? Optional.of(new Objective(Duration.ofSeconds(10), 99)) : Optional.empty());
        snapshots.clear();
        times.clear();
        memory = Memory.empty();
        next = 0;
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
        if (next == SAMPLES) {
            next = 0;
            memory = Memory.empty();
        }
        Step step = DecisionEngine.decide(policy, snapshots.get(next), memory, times.get(next));
        next++;
        memory = step.memory();
        return step.decision();
    }

    private Snapshot snapshot(int replicas, long committed, long end, Instant at) {
        List<PartitionOffsets> offsets = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
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
        return total / partitions + (partition < total % partitions ? 1 : 0);
    }

    private static Policy policy(Optional<Objective> objective) {
        return new Policy(
                Mode.ENFORCE, 0, 40, objective, List.of(KafkaSignal.named("lag")), Optional.empty(), Optional.empty());
    }
}
