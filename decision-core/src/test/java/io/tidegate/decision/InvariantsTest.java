package io.tidegate.decision;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.decision.model.Action;
import io.tidegate.decision.model.Decision;
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
import io.tidegate.decision.policy.Pace;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.policy.RateLimit;
import io.tidegate.decision.policy.ScalingRules;
import io.tidegate.decision.policy.SelectPolicy;
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
    private static final int WORKLOADS = 2_500;
    private static final int STEPS = 25;

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
            samples = List.of(new SignalSample("a", at, reading));
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
            allKnown = policy.signals().size() == samples.size() && known(samples.getFirst());

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

        private boolean known(SignalSample sample) {
            Duration age = Duration.between(sample.observedAt(), now);
            return age.toMillis() >= -5_000
                    && age.toSeconds() <= 45
                    && sample.reading() instanceof Reading.Offsets offsets
                    && offsets.partitions().stream()
                            .allMatch(partition -> partition.end().isPresent());
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
            if (samples.isEmpty() || !(samples.getFirst().reading() instanceof Reading.Offsets offsets)) {
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
            Step other = DecisionEngine.decide(policy, new Snapshot(snapshot.target(), List.of(more)), memory, now);
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
            SignalMemory signal = memory.signals().getFirst();
            assertAll(
                    told.text("memory is bounded"),
                    () -> assertTrue(signal.arrivals().marks().size() <= 12),
                    () -> assertTrue(signal.rates().intervals().size() <= 16),
                    () -> assertTrue(memory.guards().low().size() <= 32),
                    () -> assertTrue(memory.guards().high().size() <= 32),
                    () -> assertTrue(memory.guards().changes().size() <= 32));
        }
    }

    /** Where a check failed. */
    private record Supplied(String where) {
        String text(String what) {
            return what + "; " + where;
        }
    }

    private static Policy policy(Random random) {
        int min = random.nextInt(3);
        KafkaSignal signal = new KafkaSignal(
                "a",
                1 + random.nextInt(100),
                random.nextInt(3) == 0 ? random.nextInt(20) : 0,
                random.nextBoolean() ? NoCommittedOffset.EARLIEST : NoCommittedOffset.LATEST,
                random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(1 + random.nextInt(200)),
                random.nextBoolean(),
                LagOptions.none());
        return new Policy(
                random.nextBoolean() ? Mode.ENFORCE : Mode.SHADOW,
                min,
                min + 1 + random.nextInt(30),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(new Objective(Duration.ofSeconds(1 + random.nextInt(60)), 99)),
                List.of(signal),
                random.nextBoolean() ? Optional.empty() : Optional.of(new Behavior(rules(random), rules(random))),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(new Fallback(Duration.ofSeconds(1 + random.nextInt(200)), random.nextInt(10))));
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
