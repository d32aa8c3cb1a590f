package io.tidegate.decision;

import static io.tidegate.decision.Facts.START;
import static io.tidegate.decision.Facts.byLag;
import static io.tidegate.decision.Facts.failed;
import static io.tidegate.decision.Facts.lag;
import static io.tidegate.decision.Facts.night;
import static io.tidegate.decision.Facts.running;
import static io.tidegate.decision.Facts.second;
import static io.tidegate.decision.Facts.seen;
import static io.tidegate.decision.Facts.tolerance;
import static io.tidegate.decision.Facts.window;
import static io.tidegate.decision.Facts.with;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.decision.formula.Formula;
import io.tidegate.decision.model.Reason;
import io.tidegate.decision.model.SignalSample;
import io.tidegate.decision.model.Snapshot;
import io.tidegate.decision.policy.Fallback;
import io.tidegate.decision.policy.KafkaSignal;
import io.tidegate.decision.policy.Mode;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.policy.Resource;
import io.tidegate.decision.policy.ResourceSignal;
import io.tidegate.decision.policy.ResourceTarget;
import io.tidegate.decision.policy.ScalingRules;
import io.tidegate.decision.policy.ScheduleSignal;
import io.tidegate.decision.policy.Signal;
import io.tidegate.decision.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Signals that are known without a sample, and sizes that are not the largest. The time begins at midnight. */
class ScheduleAndFormulaTest {
    private static final ScalingRules AT_ONCE = window(0);
    private static final Policy BOTH = with(byLag(0, 40), KafkaSignal.named("lag"), night("0 0 * * *", "0 6 * * *"));
    private static final Policy EVENING =
            with(byLag(0, 40), KafkaSignal.named("lag"), night("0 22 * * *", "0 6 * * *"));
    private static final Policy LATER = with(byLag(0, 40), KafkaSignal.named("lag"), night("0 22 * * *", "0 23 * * *"));

    record Case(String name, Policy policy, double second, Snapshot snapshot) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> schedules() {
        Policy alone = with(byLag(0, 40), night("30 0 * * *", "0 6 * * *"));
        return Stream.of(
                new Case("idlesUntilAWindowOpens", alone, 0, seen(running(0))),
                new Case("wakesWhenAWindowOpens", alone, 1_800, seen(running(0))),
                new Case("keepsTheSizeOfAWindow", alone, 1_801, seen(running(20))),
                new Case("isAFloorForLag", BOTH, 0, seen(running(1), lag(0, 50, 5))),
                new Case("givesWayToMoreLag", EVENING, 0, seen(running(1), lag(0, lags(25)))),
                new Case("asksForNothingOutsideOfItsWindow", LATER, 0, seen(running(1), lag(0, 20, 25, 0, 0, 0))),
                new Case(
                        "shrinksToWhatOthersNeedAfterAWindow",
                        with(LATER, AT_ONCE, AT_ONCE),
                        600,
                        seen(running(20), lag(600, 20, 25, 0, 0, 0))),
                new Case(
                        "holdsAfterAWindowWhileLagIsUnknown",
                        with(LATER, AT_ONCE, AT_ONCE),
                        600,
                        seen(running(20), failed(600, "broker not available"))),
                new Case("wakesThoughLagIsUnknown", BOTH, 0, seen(running(0))),
                new Case(
                        "staysWithinTheBounds",
                        with(byLag(0, 5), night("0 0 * * *", "0 6 * * *")),
                        0,
                        seen(running(1))));
    }

    static Stream<Case> formulas() {
        Policy both = with(byLag(0, 100), KafkaSignal.named("a"), KafkaSignal.named("b-2"));
        SignalSample a = lag("a", 0, 30, 20, 0, 0, 0);
        SignalSample b = lag("b-2", 0, 20, 0);
        return Stream.of(
                new Case("addsWhatSignalsAskFor", with(both, "a + `b-2`"), 0, seen(running(1), a, b)),
                new Case("asksForLessThanTheLargest", with(both, "min(a, `b-2`)"), 0, seen(running(1), a, b)),
                new Case("roundsASizeUp", with(both, "a * 0.5 + 0.1"), 0, seen(running(1), a, b)),
                new Case("growsByADefaultForWhatIsUnknown", with(both, "a + `b-2` ?? 4"), 0, seen(running(1), a)),
                new Case("doesNotShrinkByADefault", with(both, "`b-2` ?? 1"), 0, seen(running(9), a)),
                new Case("holdsWhileTheFormulaIsUnknown", with(both, "a + `b-2`"), 0, seen(running(3), a)),
                new Case("holdsAtZeroWhileTheFormulaIsUnknown", with(both, "a + `b-2`"), 0, seen(running(0), a)),
                new Case("holdsWithoutAFiniteResult", with(both, "a / (`b-2` - 2)"), 0, seen(running(3), a, b)),
                new Case("holdsOnASizeBelowNone", with(both, "`b-2` - a"), 0, seen(running(3), a, b)),
                new Case("holdsWhenAskedForNil", with(both, "a > 1 ? nil : 1"), 0, seen(running(3), a, b)),
                new Case(
                        "comesUpToTheSmallestSizeWithoutAResult",
                        with(with(byLag(2, 4), KafkaSignal.named("lag")), "lag / 0"),
                        0,
                        seen(running(1), lag(0, 5))),
                new Case(
                        "fallsBackWhileTheFormulaIsUnknown",
                        with(with(byLag(0, 40), new Fallback(Duration.ofMinutes(3), 6)), "lag + 1"),
                        200,
                        seen(running(2), lag(0, 5))),
                new Case(
                        "dropsToNoneIfTheFormulaSaysSo",
                        with(with(BOTH, AT_ONCE, AT_ONCE), "night > 0 ? 0 : lag"),
                        10,
                        seen(running(2), lag(10, 50))),
                new Case(
                        "neverIdlesIfTheFormulaSaysSo",
                        with(with(byLag(0, 40), AT_ONCE, AT_ONCE), "max(lag, 1)"),
                        10,
                        seen(running(2), lag(10, 0))),
                new Case(
                        "toleratesASmallExcessWithinAFormula",
                        with(with(byLag(0, 40), tolerance(0.1), tolerance(0.1)), "lag + 0"),
                        0,
                        seen(running(10), lag(0, 51, 52, 0, 0, 0, 0, 0, 0, 0, 0, 0))),
                new Case(
                        "toleratesNothingThatAFormulaTurnsIntoNone",
                        with(with(byLag(0, 40), tolerance(0.1), tolerance(0.1)), "lag == 10 ? nil : lag"),
                        0,
                        seen(running(10), lag(0, 51, 52, 0, 0, 0, 0, 0, 0, 0, 0, 0))));
    }

    @ParameterizedTest
    @MethodSource({"schedules", "formulas"})
    void decides(Case one) {
        Step step = DecisionEngine.decide(one.policy(), one.snapshot(), Memory.empty(), second(one.second()));
        if (one.name().startsWith("shrinks")
                || one.name().startsWith("drops")
                || one.name().startsWith("never")) {
            // At first sight the present size counts as recommended.
            step = DecisionEngine.decide(one.policy(), one.snapshot(), step.memory(), second(one.second() + 3));
        }
        Golden.assertMatches("ScheduleAndFormulaTest", one.name(), step);
    }

    private static long[] lags(int partitions) {
        long[] lags = new long[partitions];
        Arrays.fill(lags, 10);
        return lags;
    }

    @Test
    void wakesByTimeAloneAndGoesBackToNoneAfterTheDownwardWindow() {
        Policy policy = with(byLag(0, 40), night("30 8 * * *", "15 9 * * *"));
        Memory memory = Memory.empty();
        Instant now = START;
        int replicas = 0;
        List<String> changes = new ArrayList<>();
        for (int i = 0; i < 40 && now.isBefore(START.plus(Duration.ofDays(1))); i++) {
            Step step = DecisionEngine.decide(policy, seen(running(replicas)), memory, now);
            if (step.decision().desired() != replicas) {
                changes.add(now + " " + replicas + " -> " + step.decision().desired());
            }
            replicas = step.decision().desired();
            memory = step.memory();
            assertTrue(step.nextDue().isAfter(now));
            now = step.nextDue();
        }
        assertEquals(List.of("2026-01-01T08:30:00Z 0 -> 20", "2026-01-01T09:19:58Z 20 -> 0"), changes);
    }

    @Test
    void remembersNothingOfASchedule() {
        Policy policy = with(byLag(0, 40), night("30 8 * * *", "15 9 * * *"));
        assertEquals(
                List.of(),
                DecisionEngine.decide(policy, seen(running(0)), Memory.empty(), START)
                        .memory()
                        .signals());
    }

    @Test
    void staysWhilePausedWithinAWindow() {
        Step step = DecisionEngine.decide(with(BOTH, Mode.PAUSED), seen(running(1)), Memory.empty(), START);
        assertEquals(1, step.decision().desired());
        assertEquals(Reason.PAUSED, step.decision().reason());
    }

    @Test
    void aScheduleDoesNotMakeAGroupOfPodsThatAreSizedByTheirUse() {
        Signal cpu = ResourceSignal.of("cpu", Resource.CPU, new ResourceTarget.AverageUtilization(70));
        ScheduleSignal night = night("0 0 * * *", "0 6 * * *");
        assertTrue(with(byLag(1, 4), cpu, night).byFeedbackOnly());
        assertFalse(with(byLag(1, 4), night).byFeedbackOnly());
        assertFalse(with(byLag(1, 4), cpu, KafkaSignal.named("lag")).byFeedbackOnly());
    }

    @Test
    void refusesWhatMakesNoSense() {
        Schedule schedule = Schedule.parse("UTC", "0 0 * * *", "0 6 * * *");
        assertAll(
                () -> assertEquals(
                        "a signal needs a name",
                        assertThrows(IllegalArgumentException.class, () -> new ScheduleSignal(" ", schedule, 1))
                                .getMessage()),
                () -> assertEquals(
                        "schedule.replicas must not be negative: -1",
                        assertThrows(IllegalArgumentException.class, () -> new ScheduleSignal("a", schedule, -1))
                                .getMessage()),
                () -> assertEquals(
                        "the formula uses a signal that the policy has not: a + lag",
                        assertThrows(
                                        IllegalArgumentException.class,
                                        () -> new Policy(
                                                Mode.ENFORCE,
                                                0,
                                                1,
                                                Optional.empty(),
                                                List.of(KafkaSignal.named("lag")),
                                                Optional.empty(),
                                                Optional.empty(),
                                                Optional.of(Formula.parse("a + lag", List.of("a", "lag")))))
                                .getMessage()));
    }

    /** Random formulas over lags and a schedule, with samples that fail or stay away. */
    @Test
    void invariantsHoldWithSchedulesAndFormulas() {
        List<String> formulas = List.of(
                "a + b",
                "max(a, night)",
                "a ?? 3",
                "a / b",
                "a - b",
                "(a > b ? a : night) ?? 0",
                "a % b * 2",
                "0",
                "b ** a",
                "night > 0 ? night : min(a, b)",
                "a == nil ? 7 : a");
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            Policy plain = with(
                    byLag(random.nextInt(3), 3 + random.nextInt(20)),
                    KafkaSignal.named("a"),
                    KafkaSignal.named("b"),
                    night(random.nextInt(60) + " 0 * * *", random.nextInt(60) + " 1 * * *"));
            Policy paced = random.nextBoolean() ? with(plain, AT_ONCE, AT_ONCE) : plain;
            Policy policy = random.nextInt(4) == 0 ? paced : with(paced, formulas.get(random.nextInt(formulas.size())));
            Memory memory = Memory.empty();
            Instant now = START;
            int replicas = random.nextInt(25);
            for (int i = 0; i < 12; i++) {
                now = now.plusMillis(1 + random.nextInt(900_000));
                double at = Duration.between(START, now).toMillis() / 1_000.0;
                List<SignalSample> samples = new ArrayList<>();
                for (String name : List.of("a", "b")) {
                    if (random.nextInt(4) > 0) {
                        samples.add(lag(name, at, random.nextInt(150), random.nextInt(100), 0, 0, 0));
                    }
                }
                Snapshot snapshot = new Snapshot(running(replicas), samples);
                Step step = DecisionEngine.decide(policy, snapshot, memory, now);
                String where =
                        "seed " + seed + ", step " + i + ": " + step.decision().sentence();
                int desired = step.decision().desired();
                assertEquals(step, DecisionEngine.decide(policy, snapshot, memory, now), where);
                assertTrue(desired >= policy.min() && desired <= policy.max(), where);
                assertTrue(samples.size() == 2 || desired >= Math.min(replicas, policy.max()), where);
                assertTrue(step.nextDue().isAfter(now), where);
                assertFalse(step.decision().sentence().isBlank(), where);
                memory = step.memory();
                replicas = desired;
            }
        }
    }
}
