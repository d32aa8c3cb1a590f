package io.tidegate.decision;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import io.tidegate.decision.policy.Behavior;
import io.tidegate.decision.policy.Fallback;
import io.tidegate.decision.policy.KafkaSignal;
import io.tidegate.decision.policy.LagOptions;
import io.tidegate.decision.policy.Mode;
import io.tidegate.decision.policy.NoCommittedOffset;
import io.tidegate.decision.policy.Objective;
import io.tidegate.decision.policy.PartitionRange;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.policy.RateLimit;
import io.tidegate.decision.policy.Resource;
import io.tidegate.decision.policy.ResourceSignal;
import io.tidegate.decision.policy.ResourceTarget;
import io.tidegate.decision.policy.ScalingRules;
import io.tidegate.decision.policy.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever numbers the types accept, a decision comes back, within the policy's bounds. The seed is in the failure's text. */
class HostileFactsTest {
    private static final int WORKLOADS = 4_000;
    private static final int STEPS = 8;
    private static final List<Long> NUMBERS = List.of(
            0L, 1L, 2L, 99L, 100L, 1_000L, 1L << 31, 1L << 53, (1L << 62) + 1, Long.MAX_VALUE - 1, Long.MAX_VALUE);
    private static final List<Integer> SIZES =
            List.of(0, 1, 2, 3, 50, 46_341, Integer.MAX_VALUE - 1, Integer.MAX_VALUE);
    private static final List<Instant> TIMES = List.of(
            Instant.MIN,
            Instant.EPOCH,
            Facts.START,
            Facts.second(-1),
            Facts.second(3),
            Facts.second(1_000_000),
            Instant.ofEpochMilli(Long.MAX_VALUE),
            Instant.MAX);
    private static final List<Duration> PERIODS =
            List.of(Duration.ZERO, Duration.ofMillis(1), Duration.ofHours(1), Duration.ofSeconds(Long.MAX_VALUE));

    @Test
    @Row("missing/bad-numbers")
    void neverStopADecision() {
        for (int seed = 0; seed < WORKLOADS; seed++) {
            Random random = new Random(seed);
            Policy policy = policy(random);
            Memory memory = Memory.empty();
            Instant now = Facts.START;
            for (int i = 0; i < STEPS; i++) {
                now = now.plusMillis(random.nextInt(4) == 0 ? random.nextInt(200_000) : random.nextInt(500));
                String where = "seed " + seed + ", step " + i;
                Snapshot snapshot = snapshot(random);
                Memory before = memory;
                Instant at = now;
                Step step = assertDoesNotThrow(
                        () -> DecisionEngine.decide(policy, snapshot, before, at), () -> where + ": " + snapshot);
                Decision decision = step.decision();
                assertTrue(!assertDoesNotThrow(decision::sentence, where).isEmpty(), where);
                boolean known = snapshot.target() instanceof TargetState.Known;
                assertTrue(!known || policy.mode() == Mode.PAUSED || decision.desired() <= policy.max(), where);
                assertTrue(!known || policy.mode() == Mode.PAUSED || decision.desired() >= policy.min(), where);
                memory = step.memory();
            }
        }
    }

    private static Policy policy(Random random) {
        List<Signal> signals = new ArrayList<>();
        signals.add(kafka(random, "a"));
        for (int i = random.nextInt(3); i > 0; i--) {
            signals.add(random.nextBoolean() ? kafka(random, "k" + i) : resource(random, "r" + i));
        }
        int min = Math.max(0, one(random, SIZES) - 1);
        return new Policy(
                one(random, List.of(Mode.values())),
                min,
                Math.max(Math.max(1, min), one(random, SIZES)),
                maybe(random, new Objective.Latency(Duration.ofSeconds(1L + random.nextInt(31_000_000)), 99)),
                signals,
                maybe(random, new Behavior(rules(random), rules(random))),
                maybe(random, new Fallback(Duration.ofSeconds(1L + random.nextInt(31_000_000)), one(random, SIZES))));
    }

    private static KafkaSignal kafka(Random random, String name) {
        int kind = random.nextInt(4);
        return new KafkaSignal(
                name,
                Math.max(1, one(random, NUMBERS)),
                one(random, NUMBERS),
                one(random, List.of(NoCommittedOffset.values())),
                random.nextBoolean()
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(one(random, List.of(Double.MIN_VALUE, 1e-9, 1.0, 1e300, Double.MAX_VALUE))),
                kind == 0,
                new LagOptions(
                        kind == 1,
                        random.nextBoolean(),
                        kind == 2,
                        random.nextInt(4) == 0 ? List.of(new PartitionRange(1, Integer.MAX_VALUE)) : List.of()));
    }

    private static ResourceSignal resource(Random random, String name) {
        return new ResourceSignal(
                name,
                one(random, List.of(Resource.values())),
                maybe(random, "main"),
                random.nextBoolean()
                        ? new ResourceTarget.AverageUtilization(Math.max(1, one(random, SIZES)))
                        : new ResourceTarget.AverageValue(Math.max(1, one(random, NUMBERS))),
                Duration.ofSeconds(random.nextInt(3_600)),
                Duration.ofSeconds(random.nextInt(3_600)));
    }

    private static ScalingRules rules(Random random) {
        return new ScalingRules(
                maybe(random, Duration.ofSeconds(random.nextInt(3_600))),
                Optional.empty(),
                List.of(new RateLimit(
                        one(random, List.of(RateLimit.Type.values())),
                        Math.max(1, one(random, SIZES)),
                        Duration.ofSeconds(1 + random.nextInt(1_800)))),
                random.nextBoolean()
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(one(random, List.of(0.0, Double.MIN_VALUE, 0.1, 5.0, Double.MAX_VALUE))));
    }

    private static Snapshot snapshot(Random random) {
        List<SignalSample> samples = new ArrayList<>();
        for (String name : List.of("a", "k1", "k2", "r1", "usage")) {
            if (random.nextInt(4) > 0) {
                samples.add(new SignalSample(
                        name, random.nextInt(3) == 0 ? one(random, TIMES) : Facts.START, reading(random, name)));
            }
        }
        return new Snapshot(target(random), samples);
    }

    private static TargetState target(Random random) {
        int roll = random.nextInt(20);
        if (roll == 0) {
            return new TargetState.Unseen();
        }
        if (roll == 1) {
            return new TargetState.Missing("gone", one(random, TIMES));
        }
        if (roll == 2) {
            return new TargetState.BetweenRuns(one(random, SIZES), one(random, TIMES));
        }
        Pods pods = new Pods(
                one(random, SIZES), one(random, SIZES), one(random, SIZES), one(random, SIZES), one(random, SIZES));
        return new TargetState.Known(
                one(random, SIZES), one(random, SIZES), pods, maybe(random, one(random, PERIODS)), one(random, TIMES));
    }

    private static Reading reading(Random random, String name) {
        int roll = random.nextInt(20);
        if (roll == 0) {
            return new Reading.Failed("");
        }
        boolean pods = name.equals("usage") == roll > 1;
        int count = random.nextInt(4);
        if (pods) {
            List<PodReading> readings = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                readings.add(pod(random, "p" + i));
            }
            return new Reading.Pods(readings);
        }
        List<PartitionOffsets> partitions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            partitions.add(new PartitionOffsets("t", i, number(random), number(random), number(random)));
        }
        return new Reading.Offsets(partitions);
    }

    private static PodReading pod(Random random, String name) {
        List<ContainerReading> containers = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            containers.add(new ContainerReading(
                    i == 1 ? "main" : "c" + i, number(random), number(random), number(random), number(random)));
        }
        return new PodReading(
                name,
                one(random, List.of(PodPhase.values())),
                random.nextInt(5) == 0,
                maybe(random, random.nextBoolean()),
                maybe(random, one(random, TIMES)),
                maybe(random, one(random, TIMES)),
                maybe(random, one(random, TIMES)),
                number(random),
                number(random),
                number(random),
                containers);
    }

    private static OptionalLong number(Random random) {
        return random.nextInt(5) == 0 ? OptionalLong.empty() : OptionalLong.of(one(random, NUMBERS));
    }

    private static <T> Optional<T> maybe(Random random, T value) {
        return random.nextInt(4) == 0 ? Optional.empty() : Optional.of(value);
    }

    private static <T> T one(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
