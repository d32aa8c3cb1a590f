package io.tidegate.policyengine.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.contracts.decision.DecisionRecord;
import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.Behavior;
import io.tidegate.contracts.policy.Mode;
import io.tidegate.contracts.policy.Objective;
import io.tidegate.contracts.policy.PolicySpec;
import io.tidegate.contracts.policy.ReplicaBounds;
import io.tidegate.contracts.policy.ScalingRules;
import io.tidegate.contracts.policy.ScalingRules.RateLimit;
import io.tidegate.decision.DecisionEngine;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How many bytes of state are written with each sample. */
class StateSizeTest {

    /** What a workload may take on the hot path, by the design. */
    private static final int BUDGET = 1024;

    private static final WorkloadId WORKLOAD =
            new WorkloadId("production-eu", "data-platform", "Deployment", "clickstream-enricher");
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final int ROUNDS = 1500;

    @Test
    void keepsWithinItsBudgetWithThirtyTwoPartitionsAndAllWindowsFilled() {
        for (Objective objective : new @Nullable Objective[] {null, new Objective(Duration.ofSeconds(30), 99)}) {
            for (long seed = 1; seed <= 2; seed++) {
                Course course = new Course(32, objective, new Random(seed));
                int largest = course.run(ROUNDS);
                assertTrue(largest <= BUDGET, "seed " + seed + ", " + objective + ": " + largest + " bytes");
                assertTrue(largest > BUDGET / 3, "windows are filled, but there are only " + largest + " bytes");
            }
        }
    }

    @Test
    void keepsALargeSampleBesideTheStateAndWritesItOnlyWhenItChanges() {
        Course course = new Course(1000, null, new Random(3));
        int largest = course.run(50);
        assertTrue(largest <= BUDGET, largest + " bytes");
        try (EngineDriver engine = EngineDriver.inMemory(DecisionEngine::decide)) {
            course.begin(engine);
            course.sample(engine);
            engine.changes();
            engine.advance(PERIOD);
            engine.fact(Facts.replicas(WORKLOAD, 3));
            assertEquals(
                    List.of(),
                    engine.changes().stream()
                            .map(EngineDriver.Change::key)
                            .filter(key -> key.startsWith("s/"))
                            .toList());
            course.sample(engine);
            assertEquals(
                    1,
                    engine.changes().stream()
                            .filter(change -> change.key().equals("s/" + WORKLOAD + "/lag"))
                            .count());
        }
    }

    /** A workload whose lag wanders, and which follows each decision at once. */
    private static final class Course {
        private final int partitions;
        private final @Nullable Objective objective;
        private final Random random;
        private final long[] committed;
        private final long[] ends;
        private double load;

        Course(int partitions, @Nullable Objective objective, Random random) {
            this.partitions = partitions;
            this.objective = objective;
            this.random = random;
            committed = random.longs(partitions, 1_000_000_000L, 4_000_000_000L).toArray();
            ends = committed.clone();
        }

        /** Returns the most bytes that the state has had. */
        int run(int rounds) {
            int largest = 0;
            try (EngineDriver engine = EngineDriver.inMemory(DecisionEngine::decide)) {
                begin(engine);
                for (int round = 0; round < rounds; round++) {
                    engine.advance(PERIOD);
                    // Up for the upward window, down for the downward one: each then holds all steps of the way.
                    load = Math.max(0, load + (round / 300 % 2 == 0 ? 30 : -30) + random.nextInt(20) - 10);
                    sample(engine);
                    for (DecisionRecord decision : engine.decisions()) {
                        if (decision.desired() != decision.current()) {
                            engine.fact(Facts.replicas(WORKLOAD, decision.desired()));
                        }
                    }
                    engine.targets();
                    for (EngineDriver.Change change : engine.changes()) {
                        byte[] value = change.value();
                        if (change.key().startsWith("w/") && value != null) {
                            largest = Math.max(largest, value.length);
                        }
                    }
                }
            }
            return largest;
        }

        void begin(EngineDriver engine) {
            engine.fact(policy());
            engine.fact(Facts.replicas(WORKLOAD, 1));
        }

        void sample(EngineDriver engine) {
            for (int i = 0; i < partitions; i++) {
                ends[i] += (long) load;
                committed[i] = Math.max(committed[i], ends[i] - random.nextInt(40) - (long) (load / partitions));
            }
            engine.fact(new SampleFact(
                    WORKLOAD,
                    "lag",
                    new Reading.Offsets(IntStream.range(0, partitions)
                            .mapToObj(i -> new Reading.PartitionOffsets(
                                    "clickstream-raw", i, committed[i], committed[i] - 900_000_000L, ends[i]))
                            .toList())));
        }

        private PolicyFact policy() {
            PolicyFact plain = Facts.policy("clickstream-enricher", Facts.ORDERS, 7, Facts.CREATED, Mode.Enforce);
            PolicySpec spec = plain.spec();
            return new PolicyFact(
                    new PolicyId(WORKLOAD.cluster(), WORKLOAD.namespace(), "clickstream-enricher"),
                    "6f1c9a1e-52b4-4a0d-9d53-7d9c5a3f8e21",
                    plain.generation(),
                    plain.createdAt(),
                    WORKLOAD,
                    new PolicySpec(
                            spec.scaleTargetRef(),
                            spec.mode(),
                            new ReplicaBounds(0, 200),
                            objective,
                            spec.signals(),
                            new Behavior(rules(), rules()),
                            null));
        }

        private static ScalingRules rules() {
            return new ScalingRules(
                    300, ScalingRules.SelectPolicy.Max, List.of(new RateLimit(RateLimit.Type.Pods, 2, 300)), 0.0);
        }
    }
}
