package io.tidegate.decision;

import static io.tidegate.decision.Facts.byLag;
import static io.tidegate.decision.Facts.byLatency;
import static io.tidegate.decision.Facts.even;
import static io.tidegate.decision.Facts.failed;
import static io.tidegate.decision.Facts.idleAllowed;
import static io.tidegate.decision.Facts.lag;
import static io.tidegate.decision.Facts.limits;
import static io.tidegate.decision.Facts.offsets;
import static io.tidegate.decision.Facts.partition;
import static io.tidegate.decision.Facts.percent;
import static io.tidegate.decision.Facts.pods;
import static io.tidegate.decision.Facts.rated;
import static io.tidegate.decision.Facts.running;
import static io.tidegate.decision.Facts.second;
import static io.tidegate.decision.Facts.seen;
import static io.tidegate.decision.Facts.signal;
import static io.tidegate.decision.Facts.starting;
import static io.tidegate.decision.Facts.tolerance;
import static io.tidegate.decision.Facts.window;
import static io.tidegate.decision.Facts.with;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.decision.model.Snapshot;
import io.tidegate.decision.model.TargetState;
import io.tidegate.decision.policy.Fallback;
import io.tidegate.decision.policy.KafkaSignal;
import io.tidegate.decision.policy.Mode;
import io.tidegate.decision.policy.NoCommittedOffset;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.policy.ScalingRules;
import io.tidegate.decision.policy.SelectPolicy;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each case is one decision after a history; the whole decision is compared with the file of the case's name. */
class DecisionEngineTest {
    /** A snapshot that is decided on at a second. */
    record At(double second, Snapshot snapshot) {}

    record Case(String name, Policy policy, List<At> history, At last) {
        static Case of(String name, Policy policy, double second, Snapshot snapshot) {
            return new Case(name, policy, List.of(), new At(second, snapshot));
        }

        Case after(double second, Snapshot snapshot) {
            return new Case(
                    name,
                    policy,
                    Stream.concat(history.stream(), Stream.of(new At(second, snapshot)))
                            .toList(),
                    last);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final ScalingRules AT_ONCE = window(0);

    static Stream<Case> byThreshold() {
        Policy policy = byLag(0, 100);
        return Stream.of(
                Case.of("wakesStraightToTheNeededSize", policy, 0, seen(running(0), lag(0, 25, 0, 22))),
                Case.of("idlesAtZeroWithoutLag", policy, 0, seen(running(0), lag(0, 0, 0))),
                Case.of("keepsARightSize", policy, 0, seen(running(3), lag(0, 10, 10, 10))),
                Case.of("capsAtThePartitionsExactly", policy, 0, seen(running(5), lag(0, 109, 0))),
                Case.of(
                        "passesThePartitionsIfIdleConsumersAreAllowed",
                        with(policy, idleAllowed("lag")),
                        0,
                        seen(running(5), lag(0, 109, 0))),
                Case.of(
                        "staysInactiveUpToTheActivation",
                        with(policy, signal("lag", 10, 5, NoCommittedOffset.EARLIEST)),
                        0,
                        seen(running(0), lag(0, 5))),
                Case.of(
                        "wakesAboveTheActivation",
                        with(policy, signal("lag", 10, 5, NoCommittedOffset.EARLIEST)),
                        0,
                        seen(running(0), lag(0, 6))),
                Case.of(
                        "countsUncommittedPartitionsFromTheirStart",
                        policy,
                        0,
                        seen(running(1), offsets("lag", 0, List.of(partition(0, -1, 70, 100), partition(1, 9, 0, 4))))),
                Case.of(
                        "countsUncommittedPartitionsAsDoneIfConsumersStartAtTheEnd",
                        with(policy, signal("lag", 10, 0, NoCommittedOffset.LATEST)),
                        0,
                        seen(
                                running(1),
                                offsets("lag", 0, List.of(partition(0, -1, 70, 100), partition(1, 9, 0, 14))))),
                Case.of(
                        "doesNotCountWhatRetentionHasRemoved",
                        policy,
                        0,
                        seen(running(1), offsets("lag", 0, List.of(partition(0, 5, 90, 100))))),
                Case.of(
                        "growsByALowerBound",
                        policy,
                        0,
                        seen(running(1), offsets("lag", 0, List.of(partition(0, 5, 0, 45), partition(1, 5, 0, -1))))),
                Case.of(
                        "doesNotShrinkByALowerBound",
                        policy,
                        0,
                        seen(running(9), offsets("lag", 0, List.of(partition(0, 5, 0, 45), partition(1, -1, -1, 9))))),
                Case.of("holdsWithoutPartitions", policy, 0, seen(running(2), offsets("lag", 0, List.of()))),
                Case.of("holdsAfterAnError", policy, 0, seen(running(2), failed(0, "broker not available"))),
                Case.of("holdsWithoutASample", policy, 0, seen(running(2))),
                Case.of("holdsAtZeroWithoutASample", policy, 0, seen(running(0))),
                Case.of("refusesASampleFromTheFuture", policy, 0, seen(running(2), lag(5.5, 900))),
                Case.of("acceptsASampleOfAClockThatIsALittleAhead", policy, 0, seen(running(2), lag(5, 30, 30))),
                Case.of("growsByASampleThatIsLate", policy, 80, seen(running(1), lag(0, 20, 0))),
                Case.of(
                        "awaitsASampleBeforeShrinking",
                        with(policy, AT_ONCE, AT_ONCE),
                        46,
                        seen(running(9), lag(0, 20, 20))),
                Case.of("holdsOnAStaleSample", policy, 91, seen(running(2), lag(0, 0, 0))),
                Case.of("holdsWhileASecondSignalIsUnknown", twoSignals(), 0, seen(running(5), lag("a", 0, 20, 0))),
                Case.of("growsThoughASecondSignalIsUnknown", twoSignals(), 0, seen(running(1), lag("a", 0, 20, 0))),
                Case.of(
                        "followsTheLargestRecommendation",
                        twoSignals(),
                        0,
                        seen(running(1), lag("a", 0, 20, 0), lag("b", 0, 25, 5))),
                Case.of("capsAtTheLargestSize", byLag(0, 4), 0, seen(running(1), lag(0, 50, 50, 50, 50, 50))),
                Case.of("keepsTheSmallestSize", byLag(2, 4), 0, seen(running(2), lag(0, 0))),
                Case.of("comesUpToTheSmallestSize", byLag(2, 4), 0, seen(running(0), lag(0, 0))),
                Case.of("comesDownToTheLargestSizeWithoutData", byLag(0, 4), 0, seen(running(9))));
    }

    static Stream<Case> withoutDeciding() {
        Policy policy = byLag(0, 100);
        return Stream.of(
                Case.of("holdsWhilePaused", with(policy, Mode.PAUSED), 0, seen(running(2), lag(0, 90, 90, 90, 90))),
                Case.of("decidesInTheShadow", with(policy, Mode.SHADOW), 0, seen(running(2), lag(0, 40, 0, 0, 0))),
                Case.of(
                        "holdsWithoutATarget",
                        policy,
                        0,
                        seen(new TargetState.Missing("deployments \"orders\" not found", second(0)), lag(0, 40))),
                Case.of("holdsBeforeTheTargetIsSeen", policy, 0, seen(new TargetState.Unseen(), lag(0, 40))));
    }

    static Stream<Case> byGuards() {
        Policy policy = byLag(0, 100);
        Snapshot busy = seen(running(10), lag(0, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10));
        return Stream.of(
                Case.of("staysDownForTheWindow", policy, 299, seen(running(10), lag(299, 20, 0)))
                        .after(0, busy),
                Case.of("shrinksAfterTheWindow", policy, 300, seen(running(10), lag(300, 20, 0)))
                        .after(0, busy)
                        .after(1, seen(running(10), lag(1, 20, 0))),
                Case.of(
                                "shrinksToTheLargestOfTheWindow",
                                with(policy, AT_ONCE, window(60)),
                                70,
                                seen(running(10), lag(70, 20, 0)))
                        .after(0, busy)
                        .after(30, seen(running(10), lag(30, 20, 20, 20)))
                        .after(50, seen(running(10), lag(50, 20, 15, 0))),
                Case.of(
                                "growsToTheSmallestOfTheUpwardWindow",
                                with(policy, window(10), AT_ONCE),
                                11,
                                seen(running(1), lag(11, 30, 30, 30, 30)))
                        .after(0, seen(running(1), lag(0, 10)))
                        .after(3, seen(running(1), lag(3, 30, 0, 0)))
                        .after(6, seen(running(1), lag(6, 30, 30, 30, 30))),
                Case.of(
                        "doesNotGrowAtFirstSightWithAnUpwardWindow",
                        with(policy, window(10), AT_ONCE),
                        0,
                        seen(running(1), lag(0, 30, 30, 30, 30))),
                Case.of(
                        "shrinksToZeroAtOnceIfTheWindowSaysSo",
                        with(policy, AT_ONCE, AT_ONCE),
                        0,
                        seen(running(7), lag(0, 0, 0))),
                Case.of("keepsTheLastReplicaForTheWindow", policy, 200, seen(running(1), lag(200, 0)))
                        .after(0, seen(running(1), lag(0, 0)))
                        .after(100, seen(running(1), lag(100, 1)))
                        .after(150, seen(running(1), lag(150, 0))),
                Case.of("dropsTheLastReplicaAfterTheWindow", policy, 400, seen(running(1), lag(400, 0)))
                        .after(0, seen(running(1), lag(0, 0)))
                        .after(100, seen(running(1), lag(100, 1)))
                        .after(150, seen(running(1), lag(150, 0))),
                Case.of("doesNotCountAGapAsIdle", with(policy, AT_ONCE, window(60)), 120, seen(running(3), lag(120, 0)))
                        .after(0, seen(running(3), lag(0, 0)))
                        .after(100, seen(running(3), failed(100, "no broker"))),
                Case.of(
                        "growsByPodsOrPercentWhicheverIsMore",
                        with(policy, limits(SelectPolicy.MAX, pods(4, 15), percent(100, 15)), AT_ONCE),
                        0,
                        seen(running(3), lag(0, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50))),
                Case.of(
                        "growsByTheSmallerLimitIfAskedTo",
                        with(policy, limits(SelectPolicy.MIN, pods(4, 15), percent(100, 15)), AT_ONCE),
                        0,
                        seen(running(3), lag(0, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50))),
                Case.of(
                                "countsItsOwnChangesWithinThePeriod",
                                with(policy, limits(SelectPolicy.MAX, pods(4, 15)), AT_ONCE),
                                10,
                                seen(running(7), lag(10, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50)))
                        .after(0, seen(running(3), lag(0, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50)))
                        .after(1, seen(running(7), lag(1, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50))),
                Case.of(
                                "doesNotCountChangesOfOthers",
                                with(policy, limits(SelectPolicy.MAX, pods(4, 15)), AT_ONCE),
                                10,
                                seen(running(5), lag(10, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50)))
                        .after(0, seen(running(3), lag(0, 10, 10, 10)))
                        .after(1, seen(running(5), lag(1, 10, 10, 10))),
                Case.of(
                        "wakesByPercent",
                        with(policy, limits(SelectPolicy.MAX, percent(50, 15)), AT_ONCE),
                        0,
                        seen(running(0), lag(0, 50, 50, 50))),
                Case.of(
                        "shrinksByPercentExactly",
                        with(policy, AT_ONCE, limits(SelectPolicy.MAX, percent(80, 60))),
                        0,
                        seen(running(10), lag(0, 1))),
                Case.of(
                        "shrinksOnePodAtATime",
                        with(policy, AT_ONCE, limits(SelectPolicy.MIN, percent(80, 60), pods(1, 60))),
                        0,
                        seen(running(10), lag(0, 0))),
                Case.of(
                        "neverGrowsIfDisabled",
                        with(policy, limits(SelectPolicy.DISABLED), AT_ONCE),
                        0,
                        seen(running(0), lag(0, 50))),
                Case.of(
                        "neverShrinksIfDisabled",
                        with(policy, AT_ONCE, limits(SelectPolicy.DISABLED)),
                        0,
                        seen(running(4), lag(0, 0))),
                Case.of(
                        "toleratesASmallExcess",
                        with(policy, tolerance(0.1), AT_ONCE),
                        0,
                        seen(running(10), lag(0, 10, 10, 10, 10, 10, 10, 10, 10, 10, 20))),
                Case.of(
                        "toleratesNothingBeyondTheTolerance",
                        with(policy, tolerance(0.1), AT_ONCE),
                        0,
                        seen(running(10), lag(0, 10, 10, 10, 10, 10, 10, 10, 10, 10, 21, 0, 0))),
                Case.of(
                        "toleratesASmallLackOnlyDownwards",
                        with(policy, AT_ONCE, tolerance(0.2)),
                        0,
                        seen(running(10), lag(0, 10, 10, 10, 10, 10, 10, 10, 10, 0, 1))),
                Case.of(
                                "doesNotShrinkWhileReplicasStart",
                                with(policy, AT_ONCE, AT_ONCE),
                                3,
                                seen(starting(10, 4), lag(3, 70, 0, 0, 0, 0, 0, 0)))
                        .after(0, seen(running(4), lag(0, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10)))
                        .after(1, seen(starting(10, 4), lag(1, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10))),
                Case.of(
                                "shrinksThoughReplicasStartIfHalfOfTheReadyOnesWouldDo",
                                with(policy, AT_ONCE, AT_ONCE),
                                3,
                                seen(starting(10, 4), lag(3, 20, 0, 0, 0, 0, 0, 0)))
                        .after(0, seen(running(4), lag(0, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10)))
                        .after(1, seen(starting(10, 4), lag(1, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10))),
                Case.of(
                                "letsAGroupSettleBeforeItShrinks",
                                with(policy, AT_ONCE, AT_ONCE),
                                4,
                                seen(running(10), lag(4, 70, 0, 0, 0, 0, 0, 0)))
                        .after(0, seen(running(4), lag(0, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10)))
                        .after(3, seen(running(10), lag(3, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10))),
                Case.of(
                                "fallsBackWhenSignalsStayAway",
                                with(policy, new Fallback(Duration.ofMinutes(3), 6)),
                                181,
                                seen(running(2)))
                        .after(0, seen(running(2))),
                Case.of(
                                "waitsForTheFallback",
                                with(policy, new Fallback(Duration.ofMinutes(3), 6)),
                                180,
                                seen(running(2), failed(180, "timed out")))
                        .after(0, seen(running(2), failed(0, "timed out"))),
                Case.of(
                                "neverFallsBackBelowTheCurrentSize",
                                with(policy, new Fallback(Duration.ofMinutes(3), 6)),
                                400,
                                seen(running(9), lag(0, 0)))
                        .after(0, seen(running(9), lag(0, 0))));
    }

    static Stream<Case> byObjective() {
        Policy policy = byLatency(0, 40, 10);
        Policy rated = with(policy, rated("lag", 200));
        return Stream.of(
                Case.of("startsWithOneReplicaWithoutARate", policy, 0, seen(running(0), even(0, 4, 0, 250))),
                Case.of("startsByTheConfiguredRate", rated, 0, seen(running(0), even(0, 24, 0, 500))),
                Case.of("keepsItsSizeWithoutARate", policy, 0, seen(running(5), even(0, 24, 0, 500))),
                Case.of("triesFewerWhileThereIsHardlyWork", policy, 20, seen(running(8), even(20, 24, 1_000, 1_002)))
                        .after(0, seen(running(8), even(0, 24, 0, 2)))
                        .after(19, seen(running(8), even(19, 24, 500, 502)))
                        .after(19.5, seen(running(8), even(19.5, 24, 950, 952))),
                Case.of("jumpsAtTheSecondCommit", policy, 3.2, seen(running(1), even(3.2, 24, 8, 90)))
                        .after(0, seen(running(0), even(0, 24, 0, 0)))
                        .after(0.2, seen(running(0), even(0.2, 24, 0, 6)))
                        .after(0.4, seen(starting(1, 0), even(0.4, 24, 0, 12)))
                        .after(1.2, seen(starting(1, 0), even(1.2, 24, 0, 36)))
                        .after(2.2, seen(running(1), even(2.2, 24, 0, 62)))
                        .after(2.7, seen(running(1), even(2.7, 24, 4, 76))),
                Case.of("leavesABacklogThatCostsNothing", rated, 2, seen(running(3), even(2, 24, 8_000, 8_090)))
                        .after(0, seen(running(3), even(0, 24, 7_950, 8_040)))
                        .after(1, seen(running(3), even(1, 24, 7_975, 8_065))),
                Case.of("takesAllPartitionsAtMost", rated, 2, seen(running(3), even(2, 6, 8_000, 9_990)))
                        .after(0, seen(running(3), even(0, 6, 7_950, 9_040)))
                        .after(1, seen(running(3), even(1, 6, 7_975, 9_565))),
                Case.of("needsNoReplicaWithoutLag", rated, 100, seen(running(1), even(100, 6, 9_000, 9_000)))
                        .after(0, seen(running(1), even(0, 6, 9_000, 9_000)))
                        .after(99, seen(running(1), even(99, 6, 9_000, 9_000))),
                Case.of("saysThatTheObjectiveIsMissed", rated, 30, seen(running(3), even(30, 6, 0, 9_990)))
                        .after(0, seen(running(3), even(0, 6, 0, 9_040)))
                        .after(10, seen(running(3), even(10, 6, 0, 9_565))));
    }

    private static Policy twoSignals() {
        return with(byLag(0, 100), KafkaSignal.named("a"), KafkaSignal.named("b"));
    }

    @ParameterizedTest
    @MethodSource({"byThreshold", "withoutDeciding", "byGuards", "byObjective"})
    @Row(
            value = "behavior/window-up",
            cases = {"growsToTheSmallestOfTheUpwardWindow", "doesNotGrowAtFirstSightWithAnUpwardWindow"})
    @Row(
            value = "behavior/window-down",
            cases = {"shrinksToTheLargestOfTheWindow", "shrinksAfterTheWindow"})
    @Row(
            value = "behavior/window-edge",
            cases = {"staysDownForTheWindow", "shrinksAfterTheWindow"})
    @Row(
            value = "behavior/first-sight",
            cases = {"doesNotGrowAtFirstSightWithAnUpwardWindow"})
    @Row(
            value = "behavior/rate-pods",
            cases = {"growsByPodsOrPercentWhicheverIsMore", "shrinksOnePodAtATime"})
    @Row(
            value = "behavior/rate-percent",
            cases = {"wakesByPercent", "shrinksByPercentExactly"})
    @Row(
            value = "behavior/select-max",
            cases = {"growsByPodsOrPercentWhicheverIsMore"})
    @Row(
            value = "behavior/select-min",
            cases = {"growsByTheSmallerLimitIfAskedTo", "shrinksOnePodAtATime"})
    @Row(
            value = "behavior/select-disabled",
            cases = {"neverGrowsIfDisabled", "neverShrinksIfDisabled"})
    @Row(
            value = "behavior/own-changes",
            cases = {"countsItsOwnChangesWithinThePeriod", "doesNotCountChangesOfOthers"})
    @Row(
            value = "behavior/bounds",
            cases = {
                "capsAtTheLargestSize",
                "keepsTheSmallestSize",
                "comesUpToTheSmallestSize",
                "comesDownToTheLargestSizeWithoutData"
            })
    @Row(
            value = "lag/activation",
            cases = {"staysInactiveUpToTheActivation", "wakesAboveTheActivation"})
    @Row(
            value = "lag/partitions-cap",
            cases = {"capsAtThePartitionsExactly"})
    @Row(
            value = "lag/allow-idle",
            cases = {"passesThePartitionsIfIdleConsumersAreAllowed"})
    @Row(
            value = "lag/no-commit-earliest",
            cases = {"countsUncommittedPartitionsFromTheirStart"})
    @Row(
            value = "lag/no-commit-latest",
            cases = {"countsUncommittedPartitionsAsDoneIfConsumersStartAtTheEnd"})
    @Row(
            value = "lag/removed",
            cases = {"doesNotCountWhatRetentionHasRemoved"})
    @Row(
            value = "lag/unknown-partition",
            cases = {"growsByALowerBound", "doesNotShrinkByALowerBound"})
    @Row(
            value = "missing/never-shrinks",
            cases = {
                "holdsWithoutPartitions",
                "holdsAfterAnError",
                "holdsWithoutASample",
                "refusesASampleFromTheFuture",
                "awaitsASampleBeforeShrinking",
                "holdsOnAStaleSample",
                "holdsWhileASecondSignalIsUnknown"
            })
    @Row(
            value = "missing/others-grow",
            cases = {"growsThoughASecondSignalIsUnknown"})
    @Row(
            value = "missing/fallback",
            cases = {"fallsBackWhenSignalsStayAway", "waitsForTheFallback"})
    @Row(
            value = "missing/fallback-floor",
            cases = {"neverFallsBackBelowTheCurrentSize"})
    void decides(Case that) {
        Memory memory = Memory.empty();
        for (At at : that.history()) {
            memory = DecisionEngine.decide(that.policy(), at.snapshot(), memory, second(at.second()))
                    .memory();
        }
        At last = that.last();
        Step step = DecisionEngine.decide(that.policy(), last.snapshot(), memory, second(last.second()));
        Golden.assertMatches("DecisionEngineTest", that.name(), step);

        Step again = DecisionEngine.decide(that.policy(), last.snapshot(), step.memory(), second(last.second()));
        assertEquals(step.decision(), again.decision(), "deciding again changes nothing");
        assertEquals(step.memory(), again.memory(), "deciding again remembers nothing new");
    }
}
