package io.tidegate.decision;

import static io.tidegate.decision.Application.active;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.tidegate.decision.model.Decision;
import io.tidegate.decision.model.Snapshot;
import io.tidegate.decision.model.TargetState;
import io.tidegate.decision.policy.Mode;
import io.tidegate.decision.policy.Objective;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.policy.SparkSignal;
import io.tidegate.decision.schedule.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the next run of a recurring application begins with. The last run had 100 tasks of 10 s, on executors of four slots that
 * start in 6 s.
 */
class NextRunTest {
    private static final Application LAST = Application.of(10, 10).stage(active(0, 1_000, 40, 100, 10_000, 12_000));
    private static final String WORK = "The last run's tasks took 1 000 s in all; ";

    /**
     * A case.
     *
     * @param present what the template says
     */
    record Case(String name, Policy policy, int present, int size, String reason, String sentence) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Policy policy(int min, int max, @Nullable Objective objective) {
        return Application.policy(min, max, objective, SparkSignal.plain());
    }

    private static Objective within(int seconds) {
        return new Objective.Within(Duration.ofSeconds(seconds));
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case(
                        "without an objective as many as there are tasks for",
                        policy(0, 100, null),
                        40,
                        25,
                        "DemandFell",
                        "40 -> 25: " + WORK
                                + "with 25 executors the next is expected to be over in 16 s, and more would"
                                + " not end it sooner by enough."),
                new Case(
                        "the fewest that are in time",
                        policy(0, 100, within(60)),
                        2,
                        7,
                        "DemandRose",
                        "2 -> 7: " + WORK
                                + "with 7 executors the next is expected to be over in 45 s, of 60 s that it may"
                                + " take."),
                new Case("there is plenty of time", policy(0, 100, within(1_200)), 40, 1, "DemandFell", ""),
                new Case(
                        "a time of the day",
                        policy(0, 100, new Objective.Until(Deadline.parse("UTC", "00:01", "*"))),
                        2,
                        7,
                        "DemandRose",
                        ""),
                new Case(
                        "no size is in time",
                        policy(0, 100, within(10)),
                        40,
                        25,
                        "DemandFell",
                        "40 -> 25: " + WORK
                                + "25 executors are all that is of use, and the next is expected to take 16 s,"
                                + " but may take 10 s."),
                new Case("no more than the policy allows", policy(0, 3, within(60)), 2, 3, "DemandRose", ""),
                new Case("no fewer than the policy allows", policy(10, 20, within(60)), 15, 10, "TooFewReplicas", ""),
                new Case(
                        "it is right",
                        policy(0, 100, within(60)),
                        7,
                        7,
                        "RightSize",
                        "Stays at 7: " + WORK
                                + "with 7 executors the next is expected to be over in 45 s, of 60 s that it"
                                + " may take."),
                new Case("it is almost right", policy(0, 100, null), 24, 24, "WithinTolerance", ""),
                new Case(
                        "it is paused",
                        Facts.with(policy(0, 100, null), Mode.PAUSED),
                        40,
                        40,
                        "Paused",
                        "Stays at 40: the policy is paused."));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isWhatTheLastRunLeadsToExpect(Case one) {
        Decision decision = between(one.policy(), ran(one.policy()), one.present());

        assertEquals(one.size(), decision.desired(), decision::sentence);
        assertEquals(one.reason(), decision.reason().code(), decision::sentence);
        if (!one.sentence().isEmpty()) {
            assertEquals(one.sentence(), decision.sentence());
        }
    }

    @Test
    void saysWhetherTheNextRunWillBeInTime() {
        assertEquals(Optional.of(true), between(policy(0, 100, within(60))).objectiveHeld());
        Decision late = between(policy(0, 100, within(10)));
        assertEquals(Optional.of(false), late.objectiveHeld());
        assertEquals("Missed", late.conditions().getLast().reason());
        assertEquals(Optional.empty(), between(policy(0, 100, null)).objectiveHeld());
    }

    @Test
    void leavesTheTemplateAsItIsUntilARunHasBeenSeen() {
        Decision decision = between(policy(0, 100, within(60)), Memory.empty(), 40);
        assertEquals(40, decision.desired());
        assertEquals("LearningRate", decision.reason().code());
        assertEquals(
                "Stays at 40: No run has been seen to its end yet, so the next begins as its template says.",
                decision.sentence());
        assertEquals("BetweenRuns", decision.conditions().getFirst().reason());
    }

    @Test
    void keepsTheBoundsWithoutAnyRun() {
        Decision decision = between(policy(0, 30, null), Memory.empty(), 40);
        assertEquals(30, decision.desired());
        assertEquals("TooManyReplicas", decision.reason().code());
        assertEquals(Optional.of("bounds"), decision.limitedBy());
    }

    @Test
    void learnsFromARunThatCannotBeScaled() {
        Policy policy = policy(0, 100, within(60));
        Memory memory = Memory.empty();
        for (int second : new int[] {0, 25}) {
            Snapshot polled = new Snapshot(
                    new TargetState.Missing("the plugin is not there", Facts.second(second)),
                    LAST.at(second).samples());
            Step step = DecisionEngine.decide(policy, polled, memory, Facts.second(second));
            assertEquals("TargetMissing", step.decision().reason().code());
            memory = step.memory();
        }
        assertEquals(7, between(policy, memory, 2).desired());
    }

    @Test
    void takesARunThatFailedAtOnceForHalfOfTheOneBefore() {
        Policy policy = policy(0, 100, within(60));
        Memory memory = LAST.run("spark-2").decide(policy, ran(policy), 100).memory();
        // 50 tasks in whole waves: 5 s + 4 x 10 s with 16 slots, 5 s + 5 x 10 s with 12.
        assertEquals(4, between(policy, memory, 40).desired());
    }

    @Test
    void hasNothingToSayOfAnythingElse() {
        Memory memory = Memory.empty();
        Snapshot odd = Facts.seen(new TargetState.BetweenRuns(4, Facts.second(0)), Facts.lag(0, 40));
        Step step = DecisionEngine.decide(Facts.byLag(0, 10), odd, memory, Facts.second(0));
        assertEquals("TargetMissing", step.decision().reason().code());
        assertSame(memory, step.memory());
    }

    private static Decision between(Policy policy) {
        return between(policy, ran(policy), 40);
    }

    private static Decision between(Policy policy, Memory memory, int present) {
        Snapshot between = new Snapshot(new TargetState.BetweenRuns(present, Facts.second(200)), List.of());
        return DecisionEngine.decide(policy, between, memory, Facts.second(200)).decision();
    }

    private static Memory ran(Policy policy) {
        Memory memory = LAST.decide(policy, Memory.empty(), 0).memory();
        return LAST.decide(policy, memory, 25).memory();
    }
}
