package io.tidegate.decision;

import static io.tidegate.decision.Facts.byLag;
import static io.tidegate.decision.Facts.limits;
import static io.tidegate.decision.Facts.night;
import static io.tidegate.decision.Facts.pods;
import static io.tidegate.decision.Facts.running;
import static io.tidegate.decision.Facts.second;
import static io.tidegate.decision.Facts.seen;
import static io.tidegate.decision.Facts.starting;
import static io.tidegate.decision.Facts.tolerance;
import static io.tidegate.decision.Facts.window;
import static io.tidegate.decision.Facts.with;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.decision.model.Decision;
import io.tidegate.decision.model.Pods;
import io.tidegate.decision.model.Reading;
import io.tidegate.decision.model.Reason;
import io.tidegate.decision.model.SignalSample;
import io.tidegate.decision.model.TargetState;
import io.tidegate.decision.policy.Fallback;
import io.tidegate.decision.policy.KafkaSignal;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.policy.SelectPolicy;
import io.tidegate.decision.policy.ValueSignal;
import io.tidegate.decision.policy.ValueTarget;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sizes by a number from outside. */
class ValueTest {
    private static final ValueTarget FOUR_EACH = new ValueTarget.AverageValue(4_000);
    private static final ValueTarget SEVEN_TENTHS = new ValueTarget.Value(700);

    /** One replica is asked for, and six are still there. */
    private static final TargetState LEAVING =
            new TargetState.Known(1, 6, Pods.allReady(6), Optional.empty(), Facts.START);

    /** Shrinking needs a second look, since at first sight the present size counts as recommended. */
    record Case(String name, Policy policy, TargetState target, Reading reading, int desired, String sentence) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> averages() {
        return Stream.of(
                sized(
                        "dividesByTheShareOfAReplica",
                        FOUR_EACH,
                        running(2),
                        41,
                        11,
                        "2 -> 11: The query gives 41; at 4" + " per replica that takes 11 replicas."),
                sized(
                        "wakesByANumber",
                        FOUR_EACH,
                        running(0),
                        0.001,
                        1,
                        "0 -> 1: The query gives 0.001; at 4 per" + " replica that takes 1 replica."),
                sized(
                        "staysWithinATenth",
                        FOUR_EACH,
                        running(10),
                        44,
                        10,
                        "Stays at 10: The query gives 44; at 4 per" + " replica that is right for 10 replicas."),
                sized(
                        "leavesAtMoreThanATenth",
                        FOUR_EACH,
                        running(10),
                        44.001,
                        12,
                        "10 -> 12: The query gives 44.001;" + " at 4 per replica that takes 12 replicas."),
                sized(
                        "shrinksByTheAverage",
                        FOUR_EACH,
                        running(10),
                        13,
                        4,
                        "10 -> 4: The query gives 13; at 4 per" + " replica that takes 4 replicas."),
                sized(
                        "goesToNoneWhileNothingIsAsked",
                        FOUR_EACH,
                        running(3),
                        0,
                        0,
                        "3 -> 0: The query gives 0, which" + " is not enough to be active."),
                sized(
                        "takesLessThanNothingForNothing",
                        FOUR_EACH,
                        running(3),
                        -4.125,
                        0,
                        "3 -> 0: The query gives" + " -4.125, which is not enough to be active."),
                sized(
                        "knowsNumbersOfAnySize",
                        FOUR_EACH,
                        running(3),
                        1e300,
                        40,
                        "3 -> 40: The query gives 9 223 372"
                                + " 036 854 775.807; at 4 per replica that takes 2 147 483 647 replicas. 40 instead of"
                                + " 103: the policy allows no more."));
    }

    static Stream<Case> values() {
        return Stream.of(
                sized(
                        "growsAsFarAsTheNumberIsAbove",
                        SEVEN_TENTHS,
                        running(3),
                        1.05,
                        5,
                        "3 -> 5: The query gives" + " 1.05, for a target of 0.7; that takes 5 replicas."),
                sized(
                        "shrinksAsFarAsTheNumberIsBelow",
                        SEVEN_TENTHS,
                        running(6),
                        0.3,
                        3,
                        "6 -> 3: The query gives" + " 0.3, for a target of 0.7; that takes 3 replicas."),
                sized(
                        "staysAtATargetNearly",
                        SEVEN_TENTHS,
                        running(6),
                        0.75,
                        6,
                        "Stays at 6: The query gives 0.75, for"
                                + " a target of 0.7, which is no reason to leave 6 replicas."),
                sized(
                        "wakesByTheShare",
                        SEVEN_TENTHS,
                        running(0),
                        1.4,
                        2,
                        "0 -> 2: The query gives 1.4, for a target" + " of 0.7; that takes 2 replicas."),
                sized(
                        "keepsOneWhileActive",
                        SEVEN_TENTHS,
                        running(1),
                        0.002,
                        1,
                        "Stays at 1: The query gives 0.002,"
                                + " for a target of 0.7, which is no reason to leave 1 replica."),
                sized(
                        "countsOnlyReadyPods",
                        SEVEN_TENTHS,
                        starting(4, 3),
                        1.05,
                        5,
                        "4 -> 5: The query gives 1.05, for" + " a target of 0.7; that takes 5 replicas."),
                sized(
                        "doesNotShrinkByATooLargeNumber",
                        SEVEN_TENTHS,
                        starting(6, 1),
                        1.4,
                        6,
                        "Stays at 6: The query"
                                + " gives 1.4, for a target of 0.7, which is no reason to leave 6 replicas."),
                sized(
                        "doesNotGrowByATooSmallNumber",
                        SEVEN_TENTHS,
                        LEAVING,
                        0.5,
                        1,
                        "Stays at 1: The query"
                                + " gives 0.5, for a target of 0.7, which is no reason to leave 1 replica."),
                sized(
                        "staysWhileNoPodIsReady",
                        SEVEN_TENTHS,
                        starting(4, 0),
                        7,
                        4,
                        "Stays at 4: The query gives 7, for"
                                + " a target of 0.7, which is no reason to leave 4 replicas."));
    }

    static Stream<Case> gaps() {
        Policy fallback = with(policy(FOUR_EACH, 0), new Fallback(Duration.ofSeconds(1), 6));
        String nothing = "what is needed is not known.";
        return Stream.of(
                unknown(
                        "staysWithoutANumber",
                        new Reading.Value(OptionalDouble.empty(), "the query gives no series"),
                        5,
                        nothing + " Nothing shrinks while a signal is not fully known (queued: the query gives no"
                                + " series)."),
                unknown(
                        "staysAfterAnError",
                        new Reading.Failed("no answer within 5 s"),
                        5,
                        nothing + " Nothing shrinks while a signal's source answers with an error (queued: no answer"
                                + " within 5 s)."),
                unknown(
                        "takesNoOffsetsForANumber",
                        new Reading.Offsets(List.of()),
                        5,
                        nothing + " Nothing shrinks"
                                + " while a signal is not fully known (queued: the sample holds offsets instead of a"
                                + " number)."),
                unknown(
                        "takesNoPodsForANumber",
                        new Reading.Pods(List.of()),
                        5,
                        nothing + " Nothing shrinks while a"
                                + " signal is not fully known (queued: the sample holds pods instead of a number)."),
                new Case(
                        "fallsBackWithoutANumber",
                        fallback,
                        running(5),
                        new Reading.Value(OptionalDouble.empty(), "the query gives NaN"),
                        6,
                        "5 -> 6: " + nothing + " The fallback size is 6: signals stayed away for longer than the"
                                + " policy's fallback.after (queued: the query gives NaN)."));
    }

    private static Case sized(
            String name, ValueTarget target, TargetState state, double value, int desired, String sentence) {
        return new Case(name, policy(target, 0), state, number(value), desired, sentence);
    }

    private static Case unknown(String name, Reading reading, int desired, String sentence) {
        return new Case(name, policy(FOUR_EACH, 0), running(5), reading, desired, "Stays at 5: " + sentence);
    }

    private static Policy policy(ValueTarget target, long activationMilli) {
        Policy policy = with(byLag(0, 40), new ValueSignal("queued", target, activationMilli));
        return with(policy, limits(SelectPolicy.MAX, pods(100, 15)), window(0));
    }

    private static Reading number(double value) {
        return new Reading.Value(OptionalDouble.of(value), "");
    }

    private static SignalSample sample(double second, Reading reading) {
        return new SignalSample("queued", second(second), reading);
    }

    @ParameterizedTest
    @MethodSource({"averages", "values", "gaps"})
    @Row(
            value = "value/average",
            cases = {"dividesByTheShareOfAReplica", "wakesByANumber", "shrinksByTheAverage"})
    @Row(
            value = "value/value",
            cases = {
                "growsAsFarAsTheNumberIsAbove",
                "shrinksAsFarAsTheNumberIsBelow",
                "wakesByTheShare",
                "countsOnlyReadyPods"
            })
    @Row(
            value = "value/tolerance",
            cases = {"staysWithinATenth", "leavesAtMoreThanATenth", "staysAtATargetNearly"})
    @Row(
            value = "value/direction",
            cases = {"doesNotShrinkByATooLargeNumber", "doesNotGrowByATooSmallNumber", "staysWhileNoPodIsReady"})
    @Row(
            value = "value/unknown",
            cases = {"staysWithoutANumber", "staysAfterAnError", "fallsBackWithoutANumber"})
    void decides(Case one) {
        Step step = DecisionEngine.decide(
                one.policy(), seen(one.target(), sample(0, one.reading())), Memory.empty(), second(0));
        for (int i = 3; i <= 30; i += 3) {
            step = DecisionEngine.decide(
                    one.policy(), seen(one.target(), sample(i, one.reading())), step.memory(), second(i));
        }
        Decision decision = step.decision();
        assertAll(
                () -> assertEquals(one.desired(), decision.desired()),
                () -> assertEquals(one.sentence(), decision.sentence()));
    }

    @Test
    @Row("value/activation")
    void isActiveAboveTheActivationOnly() {
        Policy policy = policy(FOUR_EACH, 2_500);
        assertEquals(0, sizeOf(policy, running(0), 2.5));
        assertEquals(1, sizeOf(policy, running(0), 2.6));
    }

    @Test
    @Row("value/before-the-change")
    void doesNotCountANumberFromBeforeTheLastChangeOfThePodsTwice() {
        Policy policy = policy(SEVEN_TENTHS, 0);
        Step first = DecisionEngine.decide(policy, seen(running(2), sample(0, number(1.4))), Memory.empty(), second(0));
        Step same = DecisionEngine.decide(policy, seen(running(4), sample(0, number(1.4))), first.memory(), second(20));
        Step next = DecisionEngine.decide(policy, seen(running(4), sample(21, number(1.4))), same.memory(), second(21));
        assertEquals(
                List.of(4, 4, 8),
                List.of(
                        first.decision().desired(),
                        same.decision().desired(),
                        next.decision().desired()));
    }

    @Test
    @Row("value/stale")
    void isUnknownOnceItIsOld() {
        Policy policy = policy(FOUR_EACH, 0);
        Step step = DecisionEngine.decide(policy, seen(running(5), sample(0, number(4))), Memory.empty(), second(0));
        Decision late = DecisionEngine.decide(policy, seen(running(5), sample(0, number(4))), step.memory(), second(46))
                .decision();
        Decision stale = DecisionEngine.decide(
                        policy, seen(running(5), sample(0, number(4))), step.memory(), second(91))
                .decision();
        Decision ahead = DecisionEngine.decide(
                        policy, seen(running(5), sample(97, number(4))), step.memory(), second(91))
                .decision();
        Decision barelyAhead = DecisionEngine.decide(
                        policy, seen(running(5), sample(93, number(80))), step.memory(), second(91))
                .decision();
        Decision never = DecisionEngine.decide(policy, seen(running(5)), step.memory(), second(91))
                .decision();
        assertEquals(
                List.of(
                        Reason.AWAITING_SAMPLE,
                        Reason.SIGNAL_STALE,
                        Reason.SAMPLE_FROM_FUTURE,
                        Reason.DEMAND_ROSE,
                        Reason.SIGNAL_UNSEEN),
                Stream.of(late, stale, ahead, barelyAhead, never)
                        .map(Decision::reason)
                        .toList());
    }

    @Test
    @Row("value/tolerance")
    void toleratesAsMuchAsBehaviorSays() {
        Policy strict = with(policy(FOUR_EACH, 0), tolerance(0), tolerance(0));
        Policy loose = with(policy(SEVEN_TENTHS, 0), tolerance(0.5), tolerance(0.5));
        assertEquals(11, sizeOf(strict, running(10), 41));
        assertEquals(10, sizeOf(loose, running(10), 1.05));
    }

    @Test
    @Row("value/pace")
    void followsANumberThatDependsOnTheSizeStepByStep() {
        Policy feedback =
                with(byLag(1, 40), new ValueSignal("busy", SEVEN_TENTHS, 0), night("0 22 * * *", "0 23 * * *"));
        Policy total = with(byLag(1, 40), new ValueSignal("queued", FOUR_EACH, 0));
        assertTrue(feedback.byFeedbackOnly());
        assertFalse(total.byFeedbackOnly());
        assertFalse(with(byLag(1, 4), new ValueSignal("busy", SEVEN_TENTHS, 0), KafkaSignal.named("lag"))
                .byFeedbackOnly());
        SignalSample busy = new SignalSample("busy", second(0), number(70));
        assertEquals(
                6,
                DecisionEngine.decide(feedback, seen(running(3), busy), Memory.empty(), second(0))
                        .decision()
                        .desired());
        assertEquals(40, sizeOf(total, running(3), 700));
    }

    @Test
    @Row("value/formula")
    void takesPartInFormulas() {
        Policy both = with(byLag(0, 40), new ValueSignal("queued", FOUR_EACH, 0), KafkaSignal.named("lag"));
        assertEquals(11, sizeOf(with(both, "queued + 1"), running(2), 40));
        assertEquals(7, sizeOf(with(both, "lag ?? 7"), running(2), 40));
    }

    @Test
    @Row("value/unknown")
    void saysAtNoReplicaTooWhyANumberIsUnknown() {
        Policy policy = policy(FOUR_EACH, 0);
        Reading failed = new Reading.Failed("no answer within 5 s");
        Decision decision = DecisionEngine.decide(
                        policy, seen(running(0), sample(0, failed)), Memory.empty(), second(0))
                .decision();
        Decision stale = DecisionEngine.decide(policy, seen(running(0), sample(0, failed)), Memory.empty(), second(91))
                .decision();
        assertAll(
                () -> assertEquals(0, decision.desired()),
                () -> assertEquals(
                        "queued: a signal's source answers with an error (no answer within 5 s)",
                        decision.conditions().get(1).message()),
                () -> assertEquals(
                        "queued: a signal's newest sample is too old",
                        stale.conditions().get(1).message()));
    }

    @Test
    void tellsTheNumber() {
        Decision decision = DecisionEngine.decide(
                        policy(FOUR_EACH, 0), seen(running(2), sample(0, number(40.5))), Memory.empty(), second(1))
                .decision();
        assertEquals(
                "Input[signal=queued, quantity=value, value=40.5, unit=1, age=PT1S]",
                decision.inputs().getFirst().toString());
    }

    @Test
    void takesNoNumberForPodsOrOffsets() {
        SignalSample lag = new SignalSample("lag", second(0), number(3));
        Decision decision = DecisionEngine.decide(byLag(0, 4), seen(running(2), lag), Memory.empty(), second(0))
                .decision();
        assertTrue(decision.sentence().contains("the sample holds a number instead of offsets"), decision.sentence());
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertAll(
                () -> refused("a signal needs a name", () -> new ValueSignal(" ", FOUR_EACH, 0)),
                () -> refused(
                        "activation must not be negative: -1 thousandths", () -> new ValueSignal("a", FOUR_EACH, -1)),
                () -> refused("averageValue must be above 0: 0 thousandths", () -> new ValueTarget.AverageValue(0)),
                () -> refused("value must be above 0: 0 thousandths", () -> new ValueTarget.Value(0)),
                () -> refused(
                        "a value must be finite: NaN", () -> new Reading.Value(OptionalDouble.of(Double.NaN), "")));
    }

    private static void refused(String message, Executable executable) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, executable).getMessage());
    }

    private static int sizeOf(Policy policy, TargetState target, double value) {
        return DecisionEngine.decide(policy, seen(target, sample(0, number(value))), Memory.empty(), second(0))
                .decision()
                .desired();
    }
}
