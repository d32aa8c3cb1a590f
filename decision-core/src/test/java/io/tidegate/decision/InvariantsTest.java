package io.tidegate.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.decision.formula.Formula;
import io.tidegate.decision.model.Action;
import io.tidegate.decision.model.Decision;
import io.tidegate.decision.model.PartitionOffsets;
import io.tidegate.decision.model.PodPhase;
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
import io.tidegate.decision.policy.Pace;
import io.tidegate.decision.policy.PartitionRange;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.policy.RateLimit;
import io.tidegate.decision.policy.Resource;
import io.tidegate.decision.policy.ResourceSignal;
import io.tidegate.decision.policy.ResourceTarget;
import io.tidegate.decision.policy.ScalingRules;
import io.tidegate.decision.policy.ScheduleSignal;
import io.tidegate.decision.policy.SelectPolicy;
import io.tidegate.decision.policy.Signal;
import io.tidegate.decision.policy.SparkSignal;
import io.tidegate.decision.policy.ValueSignal;
import io.tidegate.decision.schedule.Schedule;
import io.tidegate.decision.signal.SignalMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What must hold for any workload, tried on random ones. The seed is in the failure's text. */
class InvariantsTest {
    private static final int WORKLOADS = 10_000;
    private static final int STEPS = 20;

    /** None asks for less when more waits. */
    private static final List<String> FORMULAS = List.of("a + 1", "max(a, 3)", "a ?? 4", "a / 2", "a > 3 ? 9 : 1");

    /** Open for a minute of three. */
    private static final Schedule WINDOWS = Schedule.parse("UTC", "*/3 * * * *", "1-59/3 * * * *");

    @Test
    void holdForRandomWorkloads() {
        for (int seed = 0; seed < WORKLOADS; seed++) {
            new Life(seed).live();
        }
    }

    /** A size that was recommended at a time. */
    private record Recommended(Instant at, int size) {}

    /** One workload with its world, its policy and its past. */
    private static final class Life {
        private final int seed;
        private final Random random;
        private final Policy policy;
        private final long[] end;
        private final long[] committed;
        private final List<Recommended> past = new ArrayList<>();
        private List<SignalSample> samples = List.of();
        private Memory memory = Memory.empty();
        private Instant now = Facts.START;
        private boolean allKnown;
        private int replicas;

        Life(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.policy = policy(random);
            int partitions = 1 + random.nextInt(12);
            this.end = new long[partitions];
            this.committed = new long[partitions];
            this.replicas = random.nextInt(policy.max() + 3);
        }

        void live() {
            for (int step = 0; step < STEPS; step++) {
                now = now.plusMillis(random.nextInt(10) == 0 ? 100_000 : 50 + random.nextInt(4_000));
                work();
                look();
                lookAtPods();
                Snapshot snapshot = new Snapshot(target(), samples);
                Step decided = DecisionEngine.decide(policy, snapshot, memory, now);
                check("seed " + seed + ", step " + step, snapshot, decided);
                remember(decided.decision());
                memory = decided.memory();
                int roll = random.nextInt(10);
                replicas = roll < 6
                        ? decided.decision().desired()
                        : roll == 9 ? random.nextInt(policy.max() + 3) : replicas;
            }
        }

        private void work() {
            for (int i = 0; i < end.length; i++) {
                end[i] += random.nextInt(3) == 0 ? random.nextInt(500) : 0;
                if (random.nextBoolean()) {
                    committed[i] += random.nextLong(end[i] - committed[i] + 1);
                }
            }
        }

        /** Sometimes a sample is missing, late, early, broken or incomplete. */
        private void look() {
            int roll = random.nextInt(12);
            if (roll == 0) {
                return;
            }
            List<PartitionOffsets> partitions = IntStream.range(0, end.length)
                    .mapToObj(i -> new PartitionOffsets(
                            "t",
                            i,
                            committed[i] == 0 ? OptionalLong.empty() : OptionalLong.of(committed[i]),
                            OptionalLong.of(0),
                            roll == 1 && i == 0 ? OptionalLong.empty() : OptionalLong.of(end[i])))
                    .toList();
            Reading reading = roll == 2 ? new Reading.Failed("no") : new Reading.Offsets(partitions);
            Instant at = roll == 3 ? now.plusSeconds(30) : now.minusMillis(random.nextInt(100));
            SignalSample offsets = new SignalSample("a", at, reading);
            samples = samples.size() < 2 ? List.of(offsets) : List.of(offsets, samples.getLast());
        }

        /** Sometimes the pods' sample is missing, late, early or broken. */
        private void lookAtPods() {
            int roll = random.nextInt(12);
            if (roll == 0 || samples.isEmpty()) {
                return;
            }
            int level = random.nextInt(2_000);
            Pod[] pods = new Pod[roll == 1 ? 0 : replicas + random.nextInt(2)];
            for (int i = 0; i < pods.length; i++) {
                int one = random.nextInt(8);
                Pod pod = one == 0 ? Pod.missing() : Pod.using(level + random.nextInt(200));
                pods[i] = one == 1 ? pod.in(PodPhase.PENDING) : one == 2 ? pod.leaving() : pod;
            }
            SignalSample sample = Pod.sample(0, pods);
            samples = List.of(
                    samples.getFirst(),
                    new SignalSample(
                            ResourceSignal.SAMPLE,
                            roll == 2 ? now.plusSeconds(30) : now.minusMillis(random.nextInt(100)),
                            roll == 3 ? new Reading.Failed("no") : sample.reading()));
        }

        private TargetState.Known target() {
            int ready = random.nextInt(3) == 0 ? random.nextInt(replicas + 1) : replicas;
            return new TargetState.Known(
                    replicas, replicas, new Pods(ready, replicas - ready, 0, 0, 0), Optional.empty(), now);
        }

        private void check(String where, Snapshot snapshot, Step step) {
            Decision decision = step.decision();
            Supplied told = new Supplied(where + ": " + decision.sentence());
            int floor = Math.min(replicas, policy.max());
            allKnown = policy.signals().stream().allMatch(this::known);

            assertTrue(decision.desired() <= policy.max(), told.text("at most max"));
            assertTrue(decision.desired() >= policy.min(), told.text("at least min"));
            if (!allKnown) {
                assertTrue(decision.desired() >= floor, told.text("missing data never shrinks"));
            }
            direction(decision, told);
            window(decision, floor, told);
            assertTrue(step.nextDue().isAfter(now), told.text("due in the future"));
            assertTrue(!step.nextDue().isAfter(now.plusSeconds(3_600)), told.text("due within the hour"));

            Step again = DecisionEngine.decide(policy, snapshot, step.memory(), now);
            assertEquals(decision, again.decision(), told.text("deciding again changes nothing"));
            assertEquals(step.memory(), again.memory(), told.text("deciding again remembers nothing new"));
            monotone(snapshot, step, told);
            bounded(step.memory(), told);
        }

        private boolean known(Signal signal) {
            return switch (signal) {
                case KafkaSignal ignored -> !samples.isEmpty() && known(samples.getFirst());
                case ResourceSignal ignored -> replicas == 0 || (samples.size() > 1 && known(samples.getLast()));
                case ScheduleSignal ignored -> true;
                case SparkSignal ignored -> throw new IllegalStateException("no Spark here");
                case ValueSignal ignored -> throw new IllegalStateException("no number from outside here");
            };
        }

        private boolean known(SignalSample sample) {
            Duration age = Duration.between(sample.observedAt(), now);
            return age.toMillis() >= -5_000
                    && age.toSeconds() <= 45
                    && switch (sample.reading()) {
                        case Reading.Offsets offsets ->
                            offsets.partitions().stream()
                                    .allMatch(partition -> partition.end().isPresent());
                        case Reading.Pods pods ->
                            pods.pods().stream()
                                    .anyMatch(pod -> !pod.deleted()
                                            && pod.phase() == PodPhase.RUNNING
                                            && pod.containers()
                                                    .getFirst()
                                                    .cpuUsageMilli()
                                                    .isPresent());
                        case Reading.Spark ignored -> false;
                        case Reading.Value ignored -> false;
                        case Reading.Failed ignored -> false;
                    };
        }

        private void direction(Decision decision, Supplied told) {
            boolean fallback = decision.verdicts().getFirst().reasonCode().equals("Fallback");
            if (decision.action() == Action.SCALE_UP) {
                boolean wanted = decision.recommended() > replicas || replicas < policy.min() || fallback;
                assertTrue(wanted, told.text("grows only on evidence"));
            }
            if (decision.action() == Action.SCALE_DOWN) {
                boolean wanted = decision.recommended() < replicas || replicas > policy.max();
                assertTrue(wanted, told.text("shrinks only on evidence"));
            }
            assertEquals(decision.action() == Action.HOLD, decision.desired() == replicas, told.text("hold"));
        }

        /** Within the downward window nothing falls below what was recommended in it. */
        private void window(Decision decision, int floor, Supplied told) {
            Instant from = now.minus(Pace.down(policy).window());
            for (Recommended recommended : past) {
                if (recommended.at().isAfter(from)) {
                    int least = Math.min(floor, recommended.size());
                    assertTrue(decision.desired() >= least, told.text("no flap: " + recommended));
                }
            }
        }

        private void remember(Decision decision) {
            past.add(new Recommended(now, decision.verdicts().get(2).before()));
        }

        /** What a sample may teach besides the lag. */
        private static List<Double> learned(Step step) {
            SignalMemory signal = step.memory().signals().getFirst();
            return List.of(signal.rates().rate(), signal.commits().intervalMillis());
        }

        /** With the same things learned, more lag in any partition never asks for fewer replicas. */
        private void monotone(Snapshot snapshot, Step step, Supplied told) {
            if (samples.isEmpty()
                    || !(samples.getFirst().reading() instanceof Reading.Offsets offsets)
                    || !(policy.signals().getFirst() instanceof KafkaSignal)) {
                return;
            }
            int grown = random.nextInt(end.length);
            List<PartitionOffsets> partitions = offsets.partitions().stream()
                    .map(one -> one.partition() != grown || one.end().isEmpty()
                            ? one
                            : new PartitionOffsets(
                                    "t",
                                    grown,
                                    one.committed(),
                                    one.start(),
                                    OptionalLong.of(one.end().getAsLong() + 1 + random.nextInt(300))))
                    .toList();
            SignalSample more = new SignalSample("a", samples.getFirst().observedAt(), new Reading.Offsets(partitions));
            List<SignalSample> others = new ArrayList<>(samples);
            others.set(0, more);
            Step other = DecisionEngine.decide(policy, new Snapshot(snapshot.target(), others), memory, now);
            if (!learned(other).equals(learned(step))) {
                return;
            }
            Decision larger = other.decision();
            Decision decision = step.decision();
            assertTrue(
                    larger.recommended() >= decision.recommended(), told.text("monotone in lag: " + larger.sentence()));
            assertTrue(larger.desired() >= decision.desired(), told.text("monotone in lag: " + larger.sentence()));
        }

        private static void bounded(Memory memory, Supplied told) {
            for (SignalMemory signal : memory.signals()) {
                assertTrue(signal.arrivals().marks().size() <= 12, told.text("marks are bounded"));
                assertTrue(signal.rates().intervals().size() <= 16, told.text("intervals are bounded"));
                assertTrue(signal.standing().standing().size() <= 16, told.text("standing partitions are bounded"));
            }
            assertTrue(memory.guards().low().size() <= 32, told.text("the upward window is bounded"));
            assertTrue(memory.guards().high().size() <= 32, told.text("the downward window is bounded"));
            assertTrue(memory.guards().changes().size() <= 32, told.text("changes are bounded"));
        }
    }

    /** Where a check failed. */
    private record Supplied(String where) {
        String text(String what) {
            return what + "; " + where;
        }
    }

    private static Policy policy(Random random) {
        List<Signal> signals = signals(random);
        boolean wakes = !(signals.getFirst() instanceof ResourceSignal);
        int min = random.nextInt(3) + (wakes ? 0 : 1);
        return new Policy(
                random.nextBoolean() ? Mode.ENFORCE : Mode.SHADOW,
                min,
                min + 1 + random.nextInt(30),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(new Objective.Latency(Duration.ofSeconds(1 + random.nextInt(60)), 99)),
                signals,
                random.nextBoolean() ? Optional.empty() : Optional.of(new Behavior(rules(random), rules(random))),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(new Fallback(Duration.ofSeconds(1 + random.nextInt(200)), random.nextInt(10))),
                signals.getFirst() instanceof KafkaSignal && random.nextInt(5) == 0
                        ? Optional.of(Formula.parse(FORMULAS.get(random.nextInt(FORMULAS.size())), List.of("a")))
                        : Optional.empty());
    }

    /** Lag comes first, then schedules, then resources. */
    private static List<Signal> signals(Random random) {
        List<Signal> signals = new ArrayList<>();
        int kinds = 1 + random.nextInt(7);
        if ((kinds & 1) != 0) {
            signals.add(kafka(random));
        }
        if ((kinds & 2) != 0) {
            signals.add(new ScheduleSignal("night", WINDOWS, random.nextInt(12)));
        }
        if ((kinds & 4) != 0) {
            signals.add(new ResourceSignal(
                    "cpu",
                    Resource.CPU,
                    Optional.empty(),
                    random.nextBoolean()
                            ? new ResourceTarget.AverageUtilization(20 + random.nextInt(100))
                            : new ResourceTarget.AverageValue(200 + random.nextInt(1_000)),
                    Duration.ofSeconds(random.nextInt(300)),
                    Duration.ofSeconds(30)));
        }
        return signals;
    }

    private static KafkaSignal kafka(Random random) {
        int kind = random.nextInt(5);
        return new KafkaSignal(
                "a",
                1 + random.nextInt(100),
                random.nextInt(3) == 0 ? random.nextInt(20) : 0,
                random.nextBoolean() ? NoCommittedOffset.EARLIEST : NoCommittedOffset.LATEST,
                random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(1 + random.nextInt(200)),
                kind == 0,
                new LagOptions(
                        kind == 1,
                        random.nextInt(4) == 0,
                        kind == 2,
                        kind == 3 ? List.of(new PartitionRange(0, random.nextInt(5))) : List.of()));
    }

    private static ScalingRules rules(Random random) {
        List<RateLimit> limits = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            limits.add(new RateLimit(
                    random.nextBoolean() ? RateLimit.Type.PODS : RateLimit.Type.PERCENT,
                    1 + random.nextInt(60),
                    Duration.ofSeconds(1 + random.nextInt(60))));
        }
        return new ScalingRules(
                random.nextBoolean() ? Optional.empty() : Optional.of(Duration.ofSeconds(random.nextInt(60))),
                random.nextInt(4) == 0
                        ? Optional.of(List.of(SelectPolicy.MAX, SelectPolicy.MIN, SelectPolicy.DISABLED)
                                .get(random.nextInt(3)))
                        : Optional.empty(),
                limits,
                random.nextInt(3) == 0 ? OptionalDouble.of(random.nextDouble() / 2) : OptionalDouble.empty());
    }
}
