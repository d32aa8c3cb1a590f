package io.tidegate.decision.simulation.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.decision.Application;
import io.tidegate.decision.Memory;
import io.tidegate.decision.policy.Objective;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.policy.SparkSignal;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What executors cost, and how long the work takes, against Spark's dynamic allocation: by default (an idle executor goes
 * after 60 s) and tuned (after 5 s). Nothing here keeps an executor of the latter for the shuffle that it holds, which
 * favours it. 1 to 50 executors of 4 slots.
 */
class SparkRunTest {
    private static final int SLOTS = 4;
    private static final int MIN = 1;
    private static final int MAX = 50;
    private static final long LATER = 100_000_000;

    /**
     * What a plan must keep, in a first run and in the next one.
     *
     * @param start seconds from asking for an executor to its registration
     * @param time most time over that of the default
     * @param cost most executor-seconds over those of the default
     * @param costTuned most executor-seconds over those of the tuned one
     */
    record Expected(Plan plan, double start, double time, double cost, double costTuned) {
        @Override
        public String toString() {
            return plan.name() + ", start " + start + " s";
        }
    }

    private static Plan.Builder plan(String name) {
        return new Plan.Builder(name, 1);
    }

    static Stream<Expected> shortOnes() {
        Plan two = plan("short").stage(200, 0.5, 0.4).stage(50, 0.3, 0.3).done(2);
        Plan even = plan("many short tasks").stage(1_000, 0.1, 0.3).done(2);
        Plan four = plan("four short stages")
                .stage(200, 0.5, 0.4)
                .stage(200, 0.5, 0.4)
                .stage(200, 0.5, 0.4)
                .stage(200, 0.5, 0.4)
                .done(2);
        Plan tiny = plan("over before anything starts").stage(20, 0.2, 0.3).done(2);
        return Stream.of(
                new Expected(tiny, 3, 1, 1, 1),
                new Expected(two, 3, 1, 0.8, 0.8),
                new Expected(two, 8, 1, 0.8, 0.8),
                new Expected(even, 3, 1.05, 0.8, 0.8),
                new Expected(even, 8, 1.05, 0.8, 0.8),
                // A quarter faster for that.
                new Expected(four, 3, 0.8, 1.45, 1.45),
                new Expected(four, 8, 0.85, 1.05, 1.05));
    }

    static Stream<Expected> skewedOnes() {
        Plan skewed = plan("a straggler of 60 s")
                .stage(200, 1, 0.4)
                .stage(200, 0.3, 0.5, 60)
                .done(2);
        // The shape of an application on Kubernetes whose last stage has two tasks (examples/basic/events of
        // kubeflow/mcp-apache-spark-history-server, Apache-2.0).
        Plan narrow = plan("a last stage of two tasks")
                .stage(60, 10, 0.3)
                .stage(2, 287, 0.01)
                .done(2);
        // The shape of a query on two thousand short and then 128 long tasks (core/src/test/resources of
        // NVIDIA/spark-rapids-tools, Apache-2.0).
        Plan uneven = plan("short tasks, then long ones")
                .stage(2_000, 0.1, 0.5)
                .stage(128, 30, 0.2)
                .done(2);
        return Stream.of(
                new Expected(skewed, 3, 1.02, 0.3, 1.25),
                new Expected(skewed, 8, 1.05, 0.4, 1.25),
                new Expected(narrow, 3, 1.02, 0.6, 1),
                new Expected(narrow, 8, 1.02, 0.8, 1.05),
                new Expected(uneven, 3, 1, 0.9, 1),
                new Expected(uneven, 8, 1.2, 0.8, 0.9));
    }

    static Stream<Expected> longOnes() {
        // The shape of a production job of 612 tasks (docs/spark_summit_euro_2016/event_logs of groupon/sparklint,
        // Apache-2.0): a median of 320 s, and a second stage of 40 tasks of 840 s.
        Plan hourly =
                plan("an hourly job").stage(544, 320, 0.35).stage(40, 840, 0.05).done(5);
        Plan saturated =
                plan("saturated").stage(5_000, 10, 0.3).stage(2_000, 10, 0.3).done(2);
        Plan even = plan("even tasks").stage(1_000, 20, 0).done(2);
        return Stream.of(
                new Expected(hourly, 8, 1.02, 1, 1.02),
                new Expected(saturated, 3, 1.03, 1, 1),
                new Expected(saturated, 8, 1.03, 1, 1.01),
                new Expected(even, 3, 1, 1, 1),
                new Expected(even, 8, 1, 1, 1));
    }

    static Stream<Expected> severalJobs() {
        return Stream.of(
                new Expected(jobs(0.3), 3, 0.95, 1.05, 1.05),
                new Expected(jobs(0.3), 8, 1.12, 1.06, 1.06),
                // The first run, which costs 0.65; the next one takes no longer.
                new Expected(jobs(3), 8, 1.17, 0.9, 0.9),
                // What idles for 20 s is given back: the next job waits for its start, as with the tuned one.
                new Expected(jobs(20), 8, 1.43, 0.45, 0.6));
    }

    private static Plan jobs(double gap) {
        Plan.Builder builder = plan("eight jobs, " + gap + " s apart");
        for (int i = 0; i < 8; i++) {
            builder.stage(400, 1, 0.3).stage(100, 0.4, 0.5).job();
        }
        return builder.done(gap);
    }

    @ParameterizedTest
    @MethodSource({"shortOnes", "skewedOnes", "longOnes", "severalJobs"})
    void costsLessAndTakesNoLonger(Expected expected) {
        Run usual = Run.of(expected.plan(), SLOTS, expected.start(), new DynamicAllocation(MIN, MAX, 60_000));
        Run tuned = Run.of(expected.plan(), SLOTS, expected.start(), new DynamicAllocation(MIN, MAX, 5_000));
        Memory memory = Memory.empty();
        for (int run = 1; run <= 2; run++) {
            Engine engine = new Engine(Application.policy(MIN, MAX), "run-" + run, memory, run * LATER);
            Run own = Run.of(expected.plan(), SLOTS, expected.start(), engine);
            memory = engine.memory();
            String told =
                    "run " + run + ": " + own + ", by default " + usual + ", tuned " + tuned + " " + engine.changes();
            assertTrue(own.seconds() <= expected.time() * usual.seconds() + 0.1, told);
            assertTrue(own.executorSeconds() <= expected.cost() * usual.executorSeconds() + 1, told);
            assertTrue(own.executorSeconds() <= expected.costTuned() * tuned.executorSeconds() + 1, told);
        }
    }

    @Test
    void takesTheSmallestSizeThatEndsInTime() {
        Plan plan = plan("saturated").stage(2_000, 10, 0.2).done(2);
        Memory memory = Memory.empty();
        double before = Double.POSITIVE_INFINITY;
        // 5,000 executor-seconds: with all 50 they take 100 s.
        int runs = 0;
        for (int minutes : new int[] {60, 3, 6, 20}) {
            runs++;
            Engine engine = new Engine(within(minutes), "within " + minutes, memory, runs * LATER);
            Run run = Run.of(plan, SLOTS, 5, engine);
            memory = engine.memory();
            String told = minutes + " min: " + run + " " + engine.changes();
            assertTrue(run.seconds() <= 60 * minutes, told);
            assertEquals(Optional.of(true), engine.held(), told);
            if (minutes == 60) {
                assertTrue(run.seconds() < 200, "without an earlier run no time is given away: " + told);
                continue;
            }
            assertTrue(run.seconds() >= 0.6 * 60 * minutes, "not earlier than needed: " + told);
            assertTrue(run.executorSeconds() <= 1.02 * before, "the longer it may take, the less it costs: " + told);
            before = run.executorSeconds();
        }
    }

    @Test
    void saysThatItIsHopeless() {
        Plan plan = plan("saturated").stage(2_000, 10, 0.2).done(2);
        Engine engine = new Engine(within(1), "hopeless", Memory.empty(), 0);
        Run run = Run.of(plan, SLOTS, 5, engine);
        assertTrue(run.seconds() < 125, run::toString);
        assertEquals(Optional.of(false), engine.held());
    }

    private static Policy within(int minutes) {
        return Application.policy(MIN, MAX, new Objective.Within(Duration.ofMinutes(minutes)), SparkSignal.plain());
    }
}
