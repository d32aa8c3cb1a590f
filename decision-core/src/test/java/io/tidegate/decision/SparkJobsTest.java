package io.tidegate.decision;

import static io.tidegate.decision.Application.active;
import static io.tidegate.decision.Application.begun;
import static io.tidegate.decision.Application.waiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.decision.model.Decision;
import io.tidegate.decision.model.Pods;
import io.tidegate.decision.model.Snapshot;
import io.tidegate.decision.model.TargetState;
import io.tidegate.decision.policy.Objective;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.policy.SparkSignal;
import io.tidegate.decision.schedule.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How many executors the jobs of an application get. An executor has four slots and starts in 6 s. */
class SparkJobsTest {
    private static final Policy POLICY = Application.policy(0, 50);

    record Case(String name, Application application, int size, String reason, String sentence) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case(
                        "over before another could start",
                        Application.of(2, 2).stage(active(0, 30, 8, 6, 1_000, 1_200)),
                        2,
                        "NoSooner",
                        "Stays at 2: 16 tasks wait and 8 run, at 1 s each; with 2 executors all that is known is over in 3.5 s,"
                                + " and another takes 6 s to start."),
                new Case(
                        "long and saturated: as many as are of use",
                        Application.of(2, 2).stage(active(0, 5_000, 8, 100, 10_000, 30_000)),
                        49,
                        "DemandRose",
                        "2 -> 49: 4 892 tasks wait and 8 run, at 10 s each; with 49 executors all that is known is over in"
                                + " 256 s, and more would not end it sooner by enough."),
                new Case(
                        "even tasks come in whole waves",
                        Application.of(2, 2).stage(active(0, 400, 8, 8, 60_000, 60_000)),
                        49,
                        "DemandRose",
                        ""),
                new Case(
                        "never more than there are tasks for",
                        Application.of(2, 2).stage(active(0, 20, 8, 8, 600_000, 600_000)),
                        3,
                        "DemandRose",
                        ""),
                new Case(
                        "a straggler needs nobody's help",
                        Application.of(1, 1).busy(1).stage(active(0, 200, 1, 199, 1_000, 1_200)),
                        1,
                        "ExecutorsKept",
                        "Stays at 1: 0 tasks wait and 1 runs; 1 executor stays, though not all have work, since more may come"
                                + " sooner than others start (6 s)."),
                new Case(
                        "a long tail needs only those that are busy",
                        Application.of(20, 20).busy(2).stage(active(0, 200, 2, 198, 200_000, 300_000)),
                        2,
                        "DemandFell",
                        "20 -> 2: 0 tasks wait and 2 run; of 20 executors it needs 2, and others start in 6 s."),
                new Case(
                        "a tail that is almost over",
                        Application.of(20, 20).busy(2).stage(active(0, 200, 2, 198, 2_000, 2_000)),
                        20,
                        "ExecutorsKept",
                        ""),
                new Case(
                        "a stage that follows soon",
                        Application.of(20, 20)
                                .busy(2)
                                .stage(active(0, 200, 2, 198, 4_000, 4_000))
                                .stage(waiting(1, 100, 0)),
                        20,
                        "ExecutorsKept",
                        ""),
                new Case(
                        "a stage that follows late",
                        Application.of(20, 20)
                                .busy(2)
                                .stage(active(0, 200, 2, 198, 60_000, 90_000))
                                .stage(waiting(1, 100, 0)),
                        2,
                        "DemandFell",
                        ""),
                new Case(
                        "nothing runs, so a second is taken for each task",
                        Application.of(0, 0).stage(begun(0, 100, 0, 0)),
                        5,
                        "Waking",
                        ""),
                new Case(
                        "what runs has only just begun",
                        Application.of(2, 2).stage(begun(0, 100, 8, 0)),
                        2,
                        "LearningRate",
                        "Stays at 2: 92 tasks wait and 8 run; how long they take is not known yet, so 2 executors must show"
                                + " it."),
                new Case(
                        "what runs has run for long",
                        Application.of(2, 2).stage(begun(0, 100, 8, 20_000)),
                        25,
                        "DemandRose",
                        ""),
                new Case(
                        "between jobs",
                        Application.of(6, 6).idle(5_999),
                        6,
                        "ExecutorsKept",
                        "Stays at 6: No job is active, and 6 executors stay for as long as another takes to start (6 s)."),
                new Case(
                        "before the first job",
                        Application.of(0, 0).idle(1_000),
                        0,
                        "ExecutorsKept",
                        "Stays at 0: No job is active, so no executor is needed."),
                new Case(
                        "after the last job",
                        Application.of(6, 6).idle(6_000),
                        0,
                        "DemandFell",
                        "6 -> 0: No job has been active for 6 s, so no executor is needed."),
                new Case("a job without a stage yet", Application.of(6, 6).busy(0), 6, "ExecutorsKept", ""));
    }

    @ParameterizedTest
    @MethodSource
    void cases(Case one) {
        Decision decision = one.application().decide(POLICY, Memory.empty(), 10).decision();

        assertEquals(one.size(), decision.desired(), decision::sentence);
        assertEquals(one.reason(), decision.reason().code(), decision::sentence);
        if (!one.sentence().isEmpty()) {
            assertEquals(one.sentence(), decision.sentence());
        }
    }

    @Test
    void looksAgainWhenIdleExecutorsAreToGo() {
        Step step = Application.of(6, 6).idle(2_000).decide(POLICY, Memory.empty(), 10);
        assertEquals(Facts.second(14), step.nextDue());
        Step later =
                DecisionEngine.decide(POLICY, Application.of(6, 6).idle(2_000).at(10), step.memory(), Facts.second(14));
        assertEquals(0, later.decision().desired(), later.decision()::sentence);
        assertTrue(Application.of(6, 6)
                .decide(POLICY, Memory.empty(), 10)
                .nextDue()
                .isAfter(Facts.second(24)));
    }

    @Test
    void asksForTheNextStageJustInTime() {
        Application first = Application.of(1, 1).stage(active(0, 4, 4, 0, 0, 0)).stage(waiting(1, 400, 0));
        Memory past = Application.of(40, 40)
                .run("spark-0")
                .stage(active(0, 4, 1, 3, 60_000, 60_000))
                .stage(active(1, 400, 160, 100, 5_000, 6_000))
                .decide(POLICY, Memory.empty(), 1)
                .memory();
        Decision early = first.decide(POLICY, past, 10).decision();
        assertEquals(1, early.desired(), early::sentence);
        Application soon = Application.of(1, 1).stage(begun(0, 4, 4, 55_000)).stage(waiting(1, 400, 0));
        Decision late = soon.decide(POLICY, past, 65).decision();
        assertTrue(late.desired() > 20, late::sentence);
        assertTrue(late.sentence().contains("are for the stages that follow, and take 6 s to start"), late::sentence);
    }

    @Test
    void keepsWhatStartsForAStageOfWhichNothingIsKnown() {
        Application application =
                Application.of(30, 2).stage(active(0, 20, 8, 10, 300, 400)).stage(waiting(1, 120, 0));
        assertEquals(
                30, application.decide(POLICY, Memory.empty(), 10).decision().desired());
        Application alone = Application.of(30, 2).stage(active(0, 20, 8, 10, 300, 400));
        assertEquals(2, alone.decide(POLICY, Memory.empty(), 10).decision().desired());
    }

    @Test
    void takesWhatIsLateForAsLateAgain() {
        Application application = Application.of(20, 2).stage(active(0, 500, 8, 100, 5_000, 15_000));
        Memory memory = Application.of(2, 2).decide(POLICY, Memory.empty(), 0).memory();
        for (int second = 1; second < 30; second++) {
            Step step = application.decide(POLICY, memory, second);
            memory = step.memory();
            assertTrue(step.decision().desired() >= 20, step.decision()::sentence);
        }
    }

    @Test
    void waitsForRegistrationWhenPodsAreReady() {
        Application none = Application.of(0, 0).start(-1).stage(begun(0, 100, 0, 0));
        Step step = none.decide(POLICY, Memory.empty(), 10);
        Application asked = Application.of(5, 0).start(-1).stage(begun(0, 100, 0, 0));
        for (double second = 10.25; second < 14; second += 0.25) {
            TargetState ready = new TargetState.Known(
                    5, 5, Pods.allReady(5), Optional.of(Duration.ofMillis(300)), Facts.second(second));
            Snapshot snapshot = new Snapshot(ready, asked.at(second).samples());
            step = DecisionEngine.decide(POLICY, snapshot, step.memory(), Facts.second(second));
            assertEquals(5, step.decision().desired(), step.decision()::sentence);
        }
    }

    @Test
    void takesLongChainsAndCirclesOfStages() {
        Application chain = Application.of(4, 4).stage(active(0, 100, 16, 10, 1_000, 2_000));
        for (int id = 1; id < 20; id++) {
            chain = chain.stage(waiting(id, 100, id - 1));
        }
        chain = chain.stage(waiting(30, 10, 31)).stage(waiting(31, 10, 30, 30));
        int size = chain.decide(POLICY, Memory.empty(), 10).decision().desired();
        assertTrue(size >= 4 && size <= 25, size + " executors");
    }

    private static Decision within(@Nullable Objective objective, boolean learned, long up, int asked) {
        Policy policy = Application.policy(1, 50, objective, SparkSignal.plain());
        Memory memory = Memory.empty();
        if (learned) {
            Application past = Application.of(10, 10).run("spark-0").stage(active(0, 1_000, 40, 0, 0, 0));
            memory = past.decide(policy, memory, 0).memory();
            memory = past.decide(policy, memory, 25).memory();
        }
        return Application.of(asked, asked)
                .up(up)
                .stage(active(0, 1_000, 4 * asked, 40, 10_000, 12_000))
                .decide(policy, memory, 100)
                .decision();
    }

    @Test
    void takesTheLatestEndThatHoldsTheObjective() {
        Objective twentyMinutes = new Objective.Within(Duration.ofMinutes(20));
        Decision calm = within(twentyMinutes, true, 10_000, 1);
        // 9,600 s of work on 4 slots each within (1,200 - 10) / 1.2 s.
        assertEquals(3, calm.desired(), calm::sentence);
        assertEquals(Optional.of(true), calm.objectiveHeld());
        assertTrue(calm.sentence().contains("of 1 190 s that are left"), calm::sentence);
        Decision late = within(twentyMinutes, true, 900_000, 1);
        assertTrue(late.desired() > calm.desired(), late::sentence);
        Decision unlearned = within(twentyMinutes, false, 10_000, 1);
        assertTrue(unlearned.desired() > 40, unlearned::sentence);
    }

    private static Decision learned(boolean dynamic, int running, long up) {
        Policy policy = Application.policy(1, 50, new Objective.Within(Duration.ofMinutes(5)), SparkSignal.plain());
        Application past = Application.of(10, 10).run("spark-0").stage(active(0, 1_000, 40, 0, 0, 0));
        Memory memory = past.decide(policy, Memory.empty(), 0).memory();
        memory = past.decide(policy, memory, 25).memory();
        Application now =
                Application.of(running, running).up(up).stage(active(0, 1_000, 4 * running, 40, 10_000, 12_000));
        return (dynamic ? now : now.managed()).decide(policy, memory, 100).decision();
    }

    @Test
    void leavesTheWayToTheSizeToSparkWhileThereIsTime() {
        Decision calm = learned(true, 1, 5_000);
        assertTrue(
                calm.sentence()
                        .contains("with up to " + calm.desired() + " executors, which Spark asks for in its own time"),
                calm::sentence);
        assertEquals(Optional.of(true), calm.objectiveHeld());
        Decision there = learned(true, calm.desired(), 5_000);
        assertTrue(there.sentence().contains("with " + calm.desired() + " executors all"), there::sentence);
    }

    @Test
    void leavesItNotWhereTimeIsShortOrSparkDoesNotAsk() {
        Decision hurried = learned(true, 1, 250_000);
        assertTrue(hurried.sentence().contains("are all that is of use"), hurried::sentence);
        Decision managed = learned(false, 1, 5_000);
        assertTrue(managed.sentence().contains("with " + managed.desired() + " executors all"), managed::sentence);
    }

    @Test
    void doesAsMuchAsIsOfUseWhenItIsTooLate() {
        Decision late = within(new Objective.Within(Duration.ofMinutes(1)), true, 50_000, 1);
        assertTrue(late.desired() >= 48, late::sentence);
        assertEquals(Optional.of(false), late.objectiveHeld());
        assertTrue(late.sentence().contains("executors are all that is of use"), late::sentence);
        assertEquals("Missed", late.conditions().getLast().reason());
        Decision over = within(new Objective.Within(Duration.ofMinutes(1)), true, 90_000, 50);
        assertTrue(over.sentence().contains("but 0 s are left"), over::sentence);
    }

    @Test
    void knowsDeadlines() {
        // It is 00:01:40 in UTC.
        Decision decision = within(new Objective.Until(Deadline.parse("UTC", "00:30", "*")), true, 100_000, 1);
        assertEquals(2, decision.desired(), decision::sentence);
        assertEquals("Held", decision.conditions().getLast().reason());
        assertTrue(Instant.parse("2026-01-01T00:30:00Z").isAfter(Facts.second(100)));
    }

    @Test
    void knowsTheEndOfThisVeryRun() {
        // It is 00:01:40 in UTC.
        Decision decision = within(new Objective.By(Instant.parse("2026-01-01T00:30:00Z")), true, 100_000, 1);
        assertEquals(2, decision.desired(), decision::sentence);
        Decision late = within(new Objective.By(Instant.parse("2025-12-31T23:00:00Z")), true, 100_000, 1);
        assertEquals(Optional.of(false), late.objectiveHeld(), late::sentence);
    }

    @Test
    void hasNoUseForALatency() {
        Decision decision = within(new Objective.Latency(Duration.ofSeconds(10), 99), true, 10_000, 1);
        assertEquals(Optional.empty(), decision.objectiveHeld());
        assertEquals(within(null, true, 10_000, 1).desired(), decision.desired());
    }
}
