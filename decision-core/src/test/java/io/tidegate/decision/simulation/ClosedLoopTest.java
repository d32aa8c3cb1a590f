package io.tidegate.decision.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.decision.Facts;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.policy.ScalingRules;
import io.tidegate.decision.policy.SelectPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The objective holds on loads that the engine was not made for, and at what price. */
class ClosedLoopTest {
    /** What a scenario must keep, besides its objective. */
    record Expected(Scenario scenario, double mostCost, int mostChanges) {
        @Override
        public String toString() {
            return scenario.label();
        }
    }

    /** Latency in seconds, downward window in seconds; upwards without a limit. */
    private static Policy policy(int latency, int window) {
        ScalingRules up = Facts.limits(SelectPolicy.MAX, Facts.pods(1_000, 15));
        ScalingRules down = new ScalingRules(
                Optional.of(Duration.ofSeconds(window)), Optional.empty(), List.of(), OptionalDouble.empty());
        return Facts.with(Facts.byLatency(0, 60, latency), up, down);
    }

    /** The demo's load: least cost over work is 1.03 with a start of 2 s (dynamic programme over size and backlog). */
    static Stream<Expected> demo() {
        return Stream.of(24, 40, 60)
                .flatMap(partitions -> Stream.of(1.0, 2.0, 3.0)
                        .flatMap(start -> Stream.of(3, 5)
                                .map(window -> new Expected(
                                        Scenario.of(Load.demo(), policy(10, window))
                                                .withPartitions(partitions)
                                                .withStart(start),
                                        window > 3 ? 1.45 : 1.4,
                                        16))));
    }

    static Stream<Expected> shapes() {
        Load steps = Load.steps("steps", 20, 0, 60, 2, 60, 9, 60, 5.5, 60, 0.6, 60, 0);
        Load slow = Load.steps("slow", 20, 0, 60, 2, 60, 9, 60, 5.5, 60, 0.6, 300, 0);
        Load flood = Load.steps("flood", 5, 0, 60, 20, 60, 0);
        Load spikes = Load.steps("spikes", 30, 1, 3, 12, 40, 1, 3, 12, 40, 1, 3, 12, 40, 1, 60, 0);
        Load trickle = Load.steps("trickle", 10, 0, 120, 0.05, 60, 0);
        Load ramp = new Load(
                "ramp",
                List.of(
                        new Load.Piece(10, 0, 0),
                        new Load.Piece(120, 0.5, 9),
                        new Load.Piece(120, 9, 0.5),
                        new Load.Piece(60, 0, 0)));
        Policy quick = policy(10, 5);
        return Stream.of(
                new Expected(Scenario.of(steps, quick), 1.35, 20),
                new Expected(Scenario.of(steps, quick).withNoise(0.5, 7), 1.35, 24),
                new Expected(Scenario.of(steps, quick).withRate(20), 1.4, 24),
                new Expected(Scenario.of(steps, quick).withRate(5_000).withPartitions(60), 1.35, 24),
                new Expected(Scenario.of(steps, policy(30, 15)).withStart(10), 1.8, 20),
                new Expected(Scenario.of(steps, policy(30, 15)).withCommit(5), 1.6, 20),
                new Expected(Scenario.of(steps, policy(30, 15)).withStart(5).withPause(3), 1.6, 20),
                new Expected(Scenario.of(slow, policy(300, 15)).withStart(5), 1.3, 12),
                new Expected(Scenario.of(slow, Facts.byLatency(0, 60, 10)), 1.8, 16),
                new Expected(Scenario.of(slow, Facts.byLatency(2, 60, 10)), 2.4, 16),
                new Expected(Scenario.of(flood, quick), 1.35, 10),
                new Expected(Scenario.of(spikes, quick), 2, 30),
                new Expected(Scenario.of(trickle, quick), 40, 40),
                new Expected(Scenario.of(ramp, quick), 1.35, 40),
                new Expected(Scenario.of(ramp, quick).withNoise(0.5, 3).withPartitions(47), 1.4, 40));
    }

    static Stream<Expected> random() {
        return LongStream.rangeClosed(1, 25).mapToObj(seed -> {
            Random random = new Random(seed * 7_919);
            int start = 1 + random.nextInt(8);
            int latency = Math.max(10, 3 * start + 2);
            Scenario scenario = Scenario.of(Load.random(seed), policy(latency, random.nextBoolean() ? 4 : 15))
                    .withStart(start)
                    .withPartitions(12 + random.nextInt(50))
                    .withRate(List.of(20, 100, 200, 1_000).get(random.nextInt(4)))
                    .withPause(random.nextInt(3) == 0 ? 1 : 0.3)
                    .withNoise(0.3 * random.nextInt(3), seed);
            return new Expected(scenario, 2.3, 40);
        });
    }

    @ParameterizedTest
    @MethodSource({"demo", "shapes", "random"})
    void holdsTheObjectiveCheaply(Expected expected) {
        Result result = ClosedLoop.run(expected.scenario());
        Policy policy = expected.scenario().policy();
        long allowed = policy.latency().orElseThrow().maxLatency().toMillis();

        assertEquals(result.produced(), result.consumed(), "all records are consumed: " + result.line());
        assertTrue(result.p99Millis() <= allowed, "the objective holds: " + result.line());
        assertEquals(policy.min(), result.replicas(), "the size is back: " + result.line());
        assertTrue(result.changes().size() <= expected.mostChanges(), "few changes: " + result.line());
        assertTrue(result.costRatio() <= expected.mostCost(), "cheap: " + result.line());
    }
}
