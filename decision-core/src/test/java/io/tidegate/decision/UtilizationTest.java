package io.tidegate.decision;

import static io.tidegate.decision.Facts.running;
import static io.tidegate.decision.Facts.seen;
import static io.tidegate.decision.Facts.tolerance;
import static io.tidegate.decision.Facts.window;
import static io.tidegate.decision.Facts.with;
import static io.tidegate.decision.Pod.and;
import static io.tidegate.decision.Pod.container;
import static io.tidegate.decision.Pod.missing;
import static io.tidegate.decision.Pod.using;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.decision.model.Decision;
import io.tidegate.decision.model.PodPhase;
import io.tidegate.decision.model.Reason;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.policy.Resource;
import io.tidegate.decision.policy.ResourceSignal;
import io.tidegate.decision.policy.ResourceTarget;
import io.tidegate.decision.policy.ResourceTarget.AverageUtilization;
import io.tidegate.decision.policy.ResourceTarget.AverageValue;
import io.tidegate.decision.policy.ScalingRules;
import io.tidegate.decision.policy.SelectPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** autoscaling/v2's sizes for what pods use; expected sizes are worked out by hand from v1.36.3's source. */
class UtilizationTest {
    private static final ScalingRules AT_ONCE = window(0);
    private static final ScalingRules AT_ONCE_UP = Facts.limits(SelectPolicy.MAX, Facts.pods(1_000_000, 15));

    /** {@code size} is what {@code signals} make of {@code pods} while {@code current} replicas are asked for. */
    record Case(String name, int size, Reason reason, int current, Policy policy, List<Pod> pods) {
        Case(String name, int size, Reason reason, int current, Policy policy, Pod... pods) {
            this(name, size, reason, current, policy, List.of(pods));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> byPercent() {
        return Stream.of(
                grown("growsInProportion", 5, 3, using(1_000).times(3)),
                grown("roundsUp", 4, 3, using(700).times(3)),
                shrunk("shrinksInProportion", 2, 4, using(300).times(4)),
                grown("countsPodsAboveTheirRequest", 20, 2, using(6_000).times(2)),
                kept("cutsThePercentageBeforeItCompares", 3, using(669).times(3)),
                grown("growsBeyondTheTolerance", 4, 3, using(670).times(3)),
                kept("toleratesItsBoundUpwards", 3, using(660).times(3)),
                kept("toleratesItsBoundDownwards", 3, using(540).times(3)),
                shrunk("shrinksBeyondTheTolerance", 3, 4, using(539).times(3)),
                kept("isRightAtTheTarget", Reason.RIGHT_SIZE, 3, using(600).times(3)),
                new Case("needsNothingWithoutUse", 1, Reason.DEMAND_FELL, 3, cpu(60), using(0).times(3)),
                new Case(
                        "toleratesUpwardsAsMuchAsAsked",
                        3,
                        Reason.WITHIN_TOLERANCE,
                        3,
                        with(cpu(60), tolerance(0.5), AT_ONCE),
                        using(900).times(3)),
                new Case(
                        "toleratesDownwardsAsMuchAsAsked",
                        2,
                        Reason.DEMAND_FELL,
                        3,
                        with(cpu(60), tolerance(0.5), tolerance(0)),
                        using(400).times(3)),
                new Case(
                        "toleratesAnyLackIfAskedTo",
                        3,
                        Reason.WITHIN_TOLERANCE,
                        3,
                        with(cpu(60), tolerance(0.5), tolerance(2)),
                        using(1).times(3)));
    }

    static Stream<Case> byGroup() {
        Pod starting = using(1_000).started(Optional.of(-10.0)).ready(Optional.of(true), -5);
        return Stream.of(
                grown(
                        "ignoresDeletedPods",
                        4,
                        2,
                        and(using(1_000).times(2), using(9_000).leaving())),
                grown(
                        "ignoresFailedPods",
                        4,
                        2,
                        and(using(1_000).times(2), using(9_000).in(PodPhase.FAILED))),
                kept(
                        "countsPendingPodsAsUsingNothingWhenGrowing",
                        4,
                        and(using(900).times(2), pending(), pending())),
                grown("growsInSpiteOfPendingPods", 5, 3, and(using(1_400).times(2), pending())),
                shrunk("leavesPendingPodsOutWhenShrinking", 1, 4, and(using(300).times(2), pending(), pending())),
                kept(
                        "takesMissingPodsForFullWhenShrinking",
                        4,
                        and(using(300).times(2), missing().times(2))),
                shrunk("shrinksInSpiteOfMissingPods", 6, 8, and(using(300).times(7), missing())),
                kept(
                        "takesMissingPodsForIdleWhenGrowing",
                        4,
                        and(using(900).times(2), missing().times(2))),
                grown("growsInSpiteOfMissingPods", 5, 4, and(using(900).times(3), missing())),
                kept(
                        "leavesMissingPodsOutAtTheTarget",
                        Reason.RIGHT_SIZE,
                        6,
                        and(using(600).times(2), missing())),
                kept(
                        "neverTurnsAGrowthRound",
                        6,
                        and(using(900).times(2), missing().times(4))),
                kept(
                        "neverTurnsAShrinkageRound",
                        3,
                        and(using(550).times(1), missing().times(5))),
                kept("neverShrinksWhenUseAsksForMore", 9, and(using(1_300).times(2), missing())),
                kept("neverGrowsWhenUseAsksForLess", 2, and(using(100).times(7), missing())),
                kept("countsAStartingPodAsUnready", 2, and(using(630).times(1), starting.sampled(-1, 15))),
                grown(
                        "countsAStartingPodAfterAWholeWindowOfReadiness",
                        4,
                        2,
                        and(using(900).times(1), starting.sampled(10, 15))),
                grown(
                        "countsAPodThatIsUnreadyAfterHavingBeenReady",
                        4,
                        2,
                        using(1_000).ready(Optional.of(false), -500).times(2)),
                unknown(
                        "doesNotCountAPodThatWasNeverReady",
                        using(1_000)
                                .started(Optional.of(-1_000.0))
                                .ready(Optional.of(false), -975)
                                .times(2)),
                unknown(
                        "doesNotCountAPodWithoutAReadyCondition",
                        using(1_000).ready(Optional.empty(), 0).times(2)),
                unknown(
                        "doesNotCountAPodWithoutAStart",
                        using(1_000).started(Optional.empty()).times(2)),
                unknown(
                        "doesNotCountAPodThatIsUnreadyInItsInitialization",
                        using(1_000)
                                .started(Optional.of(-100.0))
                                .ready(Optional.of(false), -1)
                                .times(2)),
                new Case(
                        "countsMemoryOfStartingPods",
                        4,
                        Reason.DEMAND_ROSE,
                        2,
                        policy(Resource.MEMORY, 50),
                        using(1_000)
                                .ready(Optional.of(false), -1)
                                .started(Optional.of(-2.0))
                                .times(2)),
                grown(
                        "countsSucceededPodsThatHaveAMetric",
                        4,
                        2,
                        using(1_000).in(PodPhase.SUCCEEDED).times(2)));
    }

    static Stream<Case> byRequest() {
        return Stream.of(
                grown(
                        "sumsUpContainers",
                        4,
                        2,
                        Pod.of(container("a", 500, -1, 600, -1), container("b", 500, -1, 400, -1))
                                .times(2)),
                unknown(
                        "needsARequestOfEachContainer",
                        Pod.of(container("a", 500, -1, 600, -1), container("b", -1, 1, 400, -1))
                                .times(2)),
                unknown(
                        "needsARequestOfFailedPodsToo",
                        and(
                                using(1_000).times(2),
                                Pod.of(container("a", -1, -1, 1, 1)).in(PodPhase.FAILED))),
                unknown("needsSomeRequest", Pod.of(container("a", 0, 0, 600, 1)).times(2)),
                grown(
                        "prefersTheRequestOfTheWholePod",
                        4,
                        2,
                        Pod.of(container("a", -1, -1, 900, -1), container("b", 7, -1, 100, -1))
                                .requesting(1_000, -1)
                                .times(2)),
                grown(
                        "sumsUpWhatTheWholePodLeavesOpen",
                        4,
                        2,
                        Pod.of(container("a", -1, -1, 900, -1), container("b", 1_000, -1, 100, -1))
                                .requesting(-1, 5)
                                .times(2)),
                unknown(
                        "needsARequestSomewhere",
                        Pod.of(container("a", -1, -1, 900, -1))
                                .requesting(-1, 5)
                                .times(2)),
                unknown(
                        "takesAPodForMissingWhoseContainerLacksTheResource",
                        Pod.of(container("a", 500, 1, 600, 1), container("b", 500, 1, -1, 400))
                                .times(2)),
                grown(
                        "leavesAContainerOutThatIsNotInTheMetrics",
                        4,
                        2,
                        Pod.of(container("a", 500, 1, 1_000, 1), container("b", 500, 1, -1, -1))
                                .times(2)),
                grown(
                        "countsOnlyTheNamedContainer",
                        4,
                        2,
                        "a",
                        Pod.of(container("a", 500, 1, 500, 1), container("b", -1, 1, 1, 1))
                                .requesting(9_000, -1)
                                .times(2)),
                unknown(
                        "doesNotKnowAContainerThatIsNotThere",
                        "c",
                        Pod.of(container("a", 500, 1, 500, 1)).times(2)),
                unknown("doesNotKnowAnythingWithoutPods"),
                unknown("doesNotKnowAnythingWithoutMetrics", missing().times(3)));
    }

    static Stream<Case> byValue() {
        return Stream.of(
                new Case(
                        "growsByTheAverage",
                        5,
                        Reason.DEMAND_ROSE,
                        3,
                        value(600),
                        using(1_000).times(3)),
                new Case(
                        "cutsTheAverageToThousandths",
                        3,
                        Reason.RIGHT_SIZE,
                        3,
                        with(value(1), tolerance(0), tolerance(0)),
                        and(using(1).times(2), using(2))),
                new Case(
                        "needsNoRequest",
                        4,
                        Reason.DEMAND_ROSE,
                        2,
                        value(600),
                        Pod.of(container("a", -1, -1, 1_000, 0)).times(2)),
                new Case(
                        "takesMissingPodsForTheTargetWhenShrinking",
                        4,
                        Reason.DEMAND_FELL,
                        6,
                        value(600),
                        and(using(100).times(3), missing().times(3))),
                new Case(
                        "takesMissingPodsForIdleWhenGrowingByValue",
                        4,
                        Reason.WITHIN_TOLERANCE,
                        4,
                        value(600),
                        and(using(900).times(2), missing().times(2))),
                new Case(
                        "countsMemoryInBytes",
                        4,
                        Reason.DEMAND_ROSE,
                        2,
                        by(signal(Resource.MEMORY, Optional.empty(), new AverageValue(500_000))),
                        using(1_000).times(2)));
    }

    static Stream<Case> onBadNumbers() {
        long most = Long.MAX_VALUE;
        return Stream.of(
                grown(
                        "staysWithinTheLargestSizeForAnyUse",
                        1_000,
                        3,
                        using(most).times(3)),
                new Case(
                        "shrinksByTheLargestRequests",
                        1,
                        Reason.DEMAND_FELL,
                        3,
                        cpu(60),
                        Pod.of(container("a", most, most, 1, 1)).times(3)),
                kept("fillsTheLargestRequests", 3, and(using(1).times(2), Pod.of(container("a", most, most, -1, -1)))),
                new Case(
                        "bearsTheLargestMemory",
                        1_000,
                        Reason.DEMAND_ROSE,
                        3,
                        policy(Resource.MEMORY, 1),
                        Pod.of(container("a", 1, 1, most, most)).times(3)),
                new Case(
                        "bearsTheLargestTarget",
                        1,
                        Reason.DEMAND_FELL,
                        3,
                        value(most),
                        using(1_000).times(3)),
                new Case(
                        "cutsASumAtTheLargestNumber",
                        1,
                        Reason.DEMAND_FELL,
                        3,
                        value(most),
                        using(most).times(3)));
    }

    @ParameterizedTest
    @MethodSource({"byPercent", "byGroup", "byRequest", "byValue", "onBadNumbers"})
    @Row(
            value = "use/proportion",
            cases = {
                "growsInProportion",
                "roundsUp",
                "shrinksInProportion",
                "countsPodsAboveTheirRequest",
                "needsNothingWithoutUse"
            })
    @Row(
            value = "use/percent",
            cases = {"cutsThePercentageBeforeItCompares", "growsBeyondTheTolerance"})
    @Row(
            value = "use/average-value",
            cases = {"growsByTheAverage", "cutsTheAverageToThousandths", "needsNoRequest", "countsMemoryInBytes"})
    @Row(
            value = "use/tolerance",
            cases = {"toleratesItsBoundUpwards", "toleratesItsBoundDownwards", "shrinksBeyondTheTolerance"})
    @Row(
            value = "use/tolerance-per-direction",
            cases = {"toleratesUpwardsAsMuchAsAsked", "toleratesDownwardsAsMuchAsAsked", "toleratesAnyLackIfAskedTo"})
    @Row(
            value = "use/ignored-pods",
            cases = {"ignoresDeletedPods", "ignoresFailedPods", "countsSucceededPodsThatHaveAMetric"})
    @Row(
            value = "use/pending-pods",
            cases = {
                "countsPendingPodsAsUsingNothingWhenGrowing",
                "growsInSpiteOfPendingPods",
                "leavesPendingPodsOutWhenShrinking"
            })
    @Row(
            value = "use/missing-pods",
            cases = {
                "takesMissingPodsForFullWhenShrinking",
                "shrinksInSpiteOfMissingPods",
                "takesMissingPodsForIdleWhenGrowing",
                "growsInSpiteOfMissingPods",
                "leavesMissingPodsOutAtTheTarget",
                "takesMissingPodsForTheTargetWhenShrinking",
                "takesMissingPodsForIdleWhenGrowingByValue"
            })
    @Row(
            value = "use/unready-pods",
            cases = {
                "countsAStartingPodAsUnready",
                "countsAStartingPodAfterAWholeWindowOfReadiness",
                "countsAPodThatIsUnreadyAfterHavingBeenReady",
                "doesNotCountAPodThatWasNeverReady",
                "doesNotCountAPodWithoutAReadyCondition",
                "doesNotCountAPodWithoutAStart",
                "doesNotCountAPodThatIsUnreadyInItsInitialization"
            })
    @Row(
            value = "use/unready-memory",
            cases = {"countsMemoryOfStartingPods"})
    @Row(
            value = "use/direction",
            cases = {
                "neverTurnsAGrowthRound",
                "neverTurnsAShrinkageRound",
                "neverShrinksWhenUseAsksForMore",
                "neverGrowsWhenUseAsksForLess"
            })
    @Row(
            value = "use/no-metric",
            cases = {"doesNotKnowAnythingWithoutPods", "doesNotKnowAnythingWithoutMetrics"})
    @Row(
            value = "use/requests",
            cases = {"needsARequestOfEachContainer", "needsARequestOfFailedPodsToo", "needsSomeRequest"})
    @Row(
            value = "use/container",
            cases = {"countsOnlyTheNamedContainer", "doesNotKnowAContainerThatIsNotThere"})
    @Row(
            value = "use/pod-level-requests",
            cases = {"prefersTheRequestOfTheWholePod", "sumsUpWhatTheWholePodLeavesOpen", "needsARequestSomewhere"})
    @Row(
            value = "use/containers",
            cases = {
                "sumsUpContainers",
                "leavesAContainerOutThatIsNotInTheMetrics",
                "takesAPodForMissingWhoseContainerLacksTheResource"
            })
    void sizesByUse(Case that) {
        Decision decision = DecisionEngine.decide(
                        that.policy(),
                        seen(running(that.current()), Pod.sample(0, that.pods().toArray(Pod[]::new))),
                        Memory.empty(),
                        Facts.second(0))
                .decision();
        // At first sight the present size counts as recommended: only windows of 0 s let it go at once.
        assertEquals(that.size(), decision.desired(), decision.sentence());
        assertEquals(that.reason(), decision.reason(), decision.sentence());
    }

    private static Case grown(String name, int size, int current, Pod... pods) {
        return new Case(name, size, Reason.DEMAND_ROSE, current, cpu(60), pods);
    }

    private static Case grown(String name, int size, int current, String container, Pod... pods) {
        return new Case(name, size, Reason.DEMAND_ROSE, current, cpu(60, container), pods);
    }

    private static Case shrunk(String name, int size, int current, Pod... pods) {
        return new Case(name, size, Reason.DEMAND_FELL, current, cpu(60), pods);
    }

    private static Case kept(String name, int current, Pod... pods) {
        return kept(name, Reason.WITHIN_TOLERANCE, current, pods);
    }

    private static Case kept(String name, Reason reason, int current, Pod... pods) {
        return new Case(name, current, reason, current, cpu(60), pods);
    }

    private static Case unknown(String name, Pod... pods) {
        return new Case(name, 7, Reason.SIGNAL_UNKNOWN, 7, cpu(60), pods);
    }

    private static Case unknown(String name, String container, Pod... pods) {
        return new Case(name, 7, Reason.SIGNAL_UNKNOWN, 7, cpu(60, container), pods);
    }

    private static Pod pending() {
        return missing().in(PodPhase.PENDING);
    }

    private static Policy cpu(int percent) {
        return policy(Resource.CPU, percent);
    }

    private static Policy cpu(int percent, String container) {
        return by(signal(Resource.CPU, Optional.of(container), new AverageUtilization(percent)));
    }

    private static Policy policy(Resource resource, int percent) {
        return by(signal(resource, Optional.empty(), new AverageUtilization(percent)));
    }

    private static Policy value(long milli) {
        return by(signal(Resource.CPU, Optional.empty(), new AverageValue(milli)));
    }

    private static Policy by(ResourceSignal signal) {
        return Facts.with(Facts.with(Facts.byLag(1, 1_000), signal), AT_ONCE_UP, AT_ONCE);
    }

    private static ResourceSignal signal(Resource resource, Optional<String> container, ResourceTarget target) {
        return new ResourceSignal("cpu", resource, container, target, Duration.ofMinutes(5), Duration.ofSeconds(30));
    }
}
