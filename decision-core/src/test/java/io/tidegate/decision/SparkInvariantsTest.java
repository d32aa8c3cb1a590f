package io.tidegate.decision;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.decision.model.Decision;
import io.tidegate.decision.model.ExecutorCounts;
import io.tidegate.decision.model.Pods;
import io.tidegate.decision.model.QueryReading;
import io.tidegate.decision.model.Reading;
import io.tidegate.decision.model.SignalSample;
import io.tidegate.decision.model.Snapshot;
import io.tidegate.decision.model.StageReading;
import io.tidegate.decision.model.StageState;
import io.tidegate.decision.model.TargetState;
import io.tidegate.decision.model.TaskTimes;
import io.tidegate.decision.policy.Mode;
import io.tidegate.decision.policy.Objective;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.policy.SparkSignal;
import io.tidegate.decision.schedule.Deadline;
import io.tidegate.decision.signal.SparkMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What must hold for any application, tried on random ones, hostile numbers included. The seed is in the failure's text. */
class SparkInvariantsTest {
    private static final int APPLICATIONS = 3_000;
    private static final int STEPS = 12;
    private static final long[] AMOUNTS = {0, 1, 99, 5_000, 100_000, 1L << 40, Long.MAX_VALUE};
    private static final int[] COUNTS = {0, 1, 3, 40, 200, 5_000, Integer.MAX_VALUE};

    @Test
    void holdForRandomApplications() {
        for (int seed = 0; seed < APPLICATIONS; seed++) {
            live(new Random(seed), "seed " + seed);
        }
    }

    private static void live(Random random, String seed) {
        Policy policy = policy(random);
        boolean hostile = random.nextInt(4) == 0;
        Memory memory = Memory.empty();
        Instant now = Facts.START;
        int asked = random.nextInt(policy.max() + 3);
        Optional<SignalSample> sample = Optional.empty();
        for (int step = 0; step < STEPS; step++) {
            now = now.plusMillis(random.nextInt(8) == 0 ? 100_000 : 50 + random.nextInt(3_000));
            if (random.nextInt(6) > 0) {
                Reading reading = random.nextInt(9) == 0 ? new Reading.Failed("no") : reading(random, asked, hostile);
                sample = Optional.of(
                        new SignalSample(SparkSignal.SAMPLE, now.minusMillis(random.nextInt(200)), reading));
            }
            int running = random.nextInt(asked + 1);
            TargetState.Known target = new TargetState.Known(
                    asked, running, new Pods(running, asked - running, 0, 0, 0), Optional.empty(), now);
            Snapshot snapshot = new Snapshot(target, sample.map(List::of).orElse(List.of()));
            Memory before = memory;
            Instant at = now;
            String told = seed + ", step " + step;
            Step decided = assertDoesNotThrow(() -> DecisionEngine.decide(policy, snapshot, before, at), told);
            check(policy, snapshot, asked, decided, now, told);
            memory = decided.memory();
            asked = random.nextInt(3) > 0 ? decided.decision().desired() : random.nextInt(policy.max() + 3);
        }
    }

    private static void check(Policy policy, Snapshot snapshot, int asked, Step step, Instant now, String seed) {
        Decision decision = step.decision();
        String told = seed + ": " + decision.sentence();
        assertTrue(decision.desired() >= policy.min() && decision.desired() <= policy.max(), told);
        boolean known = !snapshot.samples().isEmpty()
                && snapshot.samples().getFirst().reading() instanceof Reading.Spark
                && Duration.between(snapshot.samples().getFirst().observedAt(), now)
                                .compareTo(Duration.ofSeconds(15))
                        <= 0;
        if (!known) {
            assertTrue(decision.desired() >= Math.min(asked, policy.max()), "missing data never shrinks; " + told);
        } else {
            useful(policy, (Reading.Spark) snapshot.samples().getFirst().reading(), asked, decision, told);
        }
        assertTrue(step.nextDue().isAfter(now) && !step.nextDue().isAfter(now.plusSeconds(3_600)), told);
        Step again = DecisionEngine.decide(policy, snapshot, step.memory(), now);
        assertEquals(decision, again.decision(), "deciding again changes nothing; " + told);
        assertEquals(step.memory(), again.memory(), "deciding again remembers nothing new; " + told);
        SparkMemory spark = step.memory().signals().getFirst().spark().orElse(null);
        assertTrue(
                spark == null || (spark.stages().size() <= 16 && spark.batches().size() <= 4), told);
    }

    /** Nobody is asked for without a task that could run there, now or soon. */
    private static void useful(Policy policy, Reading.Spark reading, int asked, Decision decision, String told) {
        if (!reading.queries().isEmpty() || decision.desired() <= Math.max(asked, policy.min())) {
            return;
        }
        long tasks = 0;
        for (StageReading stage : reading.stages()) {
            tasks += (long) stage.pending() + stage.running();
        }
        long past = 5_001;
        long most = Math.ceilDiv(Math.max(tasks, past), reading.slots());
        assertTrue(
                decision.desired() <= Math.max(most, reading.executors().running()),
                "never more than is of use; " + told);
    }

    private static Policy policy(Random random) {
        int min = random.nextInt(3);
        List<Optional<Objective>> objectives = List.of(
                Optional.empty(),
                Optional.of(new Objective.Within(Duration.ofSeconds(1 + random.nextInt(4_000)))),
                Optional.of(new Objective.Until(Deadline.parse("UTC", "00:10", "*"))),
                Optional.of(new Objective.Latency(Duration.ofSeconds(1 + random.nextInt(60)), 99)));
        return new Policy(
                Mode.ENFORCE,
                min,
                min + 1 + random.nextInt(60),
                objectives.get(random.nextInt(objectives.size())),
                List.of(new SparkSignal(
                        Optional.empty(),
                        false,
                        random.nextInt(4) == 0 ? Optional.of("q0") : Optional.empty(),
                        random.nextInt(3) == 0
                                ? Optional.of(Duration.ofMillis(random.nextInt(20_000)))
                                : Optional.empty(),
                        0.7)),
                Optional.empty(),
                Optional.empty());
    }

    private static int count(Random random, int usual, boolean hostile) {
        return hostile ? COUNTS[random.nextInt(COUNTS.length)] : random.nextInt(usual);
    }

    private static long amount(Random random, int usual, boolean hostile) {
        return hostile ? AMOUNTS[random.nextInt(AMOUNTS.length)] : random.nextInt(usual);
    }

    private static Reading reading(Random random, int asked, boolean hostile) {
        int running = hostile ? count(random, 1, true) : random.nextInt(asked + 1);
        boolean idle = random.nextInt(5) == 0;
        List<StageReading> stages = new ArrayList<>();
        for (int id = 0; !idle && id < random.nextInt(6); id++) {
            stages.add(stage(random, id, hostile));
        }
        List<QueryReading> queries = new ArrayList<>();
        for (int i = random.nextInt(4) == 0 ? random.nextInt(3) : 0; i > 0; i--) {
            queries.add(query(random, "q" + i % 2, hostile));
        }
        return new Reading.Spark(
                "spark-" + random.nextInt(6) / 5,
                true,
                count(random, 8, hostile),
                random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(amount(random, 100_000, hostile)),
                new ExecutorCounts(
                        count(random, 50, hostile),
                        asked,
                        running,
                        hostile ? count(random, 1, true) : random.nextInt(running + 1),
                        0,
                        random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(amount(random, 9_000, hostile))),
                idle ? 0 : 1,
                idle ? amount(random, 20_000, hostile) : 0,
                stages,
                0,
                queries);
    }

    private static StageReading stage(Random random, int id, boolean hostile) {
        boolean waits = id > 0 && random.nextBoolean();
        int tasks = count(random, 5_000, hostile);
        int running = waits ? 0 : count(random, 60, hostile);
        int done = waits ? 0 : hostile ? count(random, 1, true) : random.nextInt(tasks + 1);
        long p50 = amount(random, 60_000, hostile);
        return new StageReading(
                id,
                0,
                0,
                waits ? StageState.WAITING : StageState.ACTIVE,
                tasks,
                running,
                done,
                0,
                done == 0
                        ? Optional.empty()
                        : Optional.of(new TaskTimes(
                                hostile ? amount(random, 1, true) : p50 * done,
                                p50,
                                hostile ? amount(random, 1, true) : 2 * p50,
                                3)),
                running == 0 ? 0 : amount(random, 30_000, hostile),
                1,
                waits ? List.of(id - 1) : List.of(),
                waits);
    }

    private static QueryReading query(Random random, String name, boolean hostile) {
        return new QueryReading(
                name,
                amount(random, 100, hostile),
                amount(random, 10_000, hostile),
                amount(random, 20_000, hostile),
                amount(random, 20_000, hostile),
                random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(amount(random, 20_000, hostile)),
                amount(random, 90_000, hostile),
                count(random, 200, hostile),
                amount(random, 30_000, hostile),
                random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(random.nextInt(5_000)),
                random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(amount(random, 90_000, hostile)),
                count(random, 60, hostile),
                count(random, 200, hostile),
                random.nextBoolean(),
                count(random, 40, hostile));
    }

    /** Of a stage whose task times vary, more pending tasks never ask for fewer executors. */
    @Test
    void askForNoLessWhenThereIsMoreToDo() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            int running = 1 + random.nextInt(10);
            int p50 = 100 + random.nextInt(20_000);
            Policy policy = Application.policy(0, 5_000);
            int before = 0;
            for (int tasks = 100; tasks < 4_000; tasks += 100 + random.nextInt(300)) {
                Decision decision = Application.of(running, running)
                        .stage(Application.active(0, tasks, 4 * running, 50, p50, 2L * p50))
                        .decide(policy, Memory.empty(), 10)
                        .decision();
                assertTrue(
                        decision.desired() >= before,
                        "seed " + seed + ", " + tasks + " tasks: not " + before + ", but " + decision.sentence());
                before = decision.desired();
            }
        }
    }
}
