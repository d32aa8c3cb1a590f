package io.tidegate.decision;

import static io.tidegate.decision.Facts.byLag;
import static io.tidegate.decision.Facts.lag;
import static io.tidegate.decision.Facts.running;
import static io.tidegate.decision.Facts.seen;
import static io.tidegate.decision.Facts.window;
import static io.tidegate.decision.Facts.with;
import static io.tidegate.decision.Pod.missing;
import static io.tidegate.decision.Pod.using;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.decision.model.Decision;
import io.tidegate.decision.model.Reading;
import io.tidegate.decision.model.Reason;
import io.tidegate.decision.model.SignalSample;
import io.tidegate.decision.model.Snapshot;
import io.tidegate.decision.policy.Fallback;
import io.tidegate.decision.policy.KafkaSignal;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.policy.Resource;
import io.tidegate.decision.policy.ResourceSignal;
import io.tidegate.decision.policy.ResourceTarget.AverageUtilization;
import io.tidegate.decision.policy.ResourceTarget.AverageValue;
import io.tidegate.decision.policy.ScalingRules;
import io.tidegate.decision.policy.SelectPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What pods use, beside other signals, over time and without data. The target is 60 % of the request. */
class UtilizationInContextTest {
    private static final ScalingRules AT_ONCE = window(0);
    private static final ScalingRules UNLIMITED = Facts.limits(SelectPolicy.MAX, Facts.pods(1_000_000, 15));
    private static final ResourceSignal CPU = ResourceSignal.of("cpu", Resource.CPU, new AverageUtilization(60));
    private static final ResourceSignal MEMORY =
            ResourceSignal.of("memory", Resource.MEMORY, new AverageValue(400_000));
    private static final Policy CPU_ONLY = with(with(byLag(1, 100), CPU), UNLIMITED, AT_ONCE);
    private static final Policy BOTH = with(with(byLag(1, 100), CPU, MEMORY), UNLIMITED, AT_ONCE);
    private static final Policy WITH_LAG = with(with(byLag(0, 100), KafkaSignal.named("lag"), CPU), UNLIMITED, AT_ONCE);

    @Test
    @Row("use/several")
    void followsTheLargestOfSeveralResources() {
        Decision decision =
                at(0, BOTH, seen(running(3), Pod.sample(0, using(1_000).times(3))));
        assertEquals(8, decision.recommended());
        assertEquals(5, decision.recommendations().getFirst().size());
        assertEquals(8, decision.recommendations().getLast().size());
    }

    @Test
    @Row("use/several")
    void holdsIfSomeResourceIsUnknownAndTheOthersAskForLess() {
        // CPU has no request, memory asks for one replica.
        Pod[] pods = Pod.of(Pod.container("a", -1, -1, 1, 10)).times(3);
        Decision decision = at(0, BOTH, seen(running(3), Pod.sample(0, pods)));
        assertEquals(3, decision.desired());
        assertEquals(Reason.SIGNAL_UNKNOWN, decision.reason());
    }

    @Test
    @Row("use/several")
    void growsThoughSomeResourceIsUnknown() {
        Pod[] pods = Pod.of(Pod.container("a", -1, -1, 1, 800)).times(3);
        assertEquals(6, at(0, BOTH, seen(running(3), Pod.sample(0, pods))).desired());
    }

    @Test
    @Row("use/several")
    void holdsIfNoResourceIsKnown() {
        Decision decision = at(0, BOTH, seen(running(3), Pod.sample(0, missing().times(3))));
        assertEquals(3, decision.desired());
        assertEquals(
                "Stays at 3: what is needed is not known. Nothing shrinks while a signal is not fully known (cpu: no pod that"
                        + " is ready has a metric of CPU).",
                decision.sentence());
    }

    @Test
    @Row("use/zero")
    void asksForNothingAtZero() {
        Decision decision = at(0, WITH_LAG, seen(running(0), lag(0, 0, 0)));
        assertEquals(0, decision.desired());
        assertFalse(decision.active());
        assertEquals(Reason.IDLE, decision.reason());
        assertEquals(2, at(0, WITH_LAG, seen(running(0), lag(0, 20, 0, 0))).desired());
    }

    @Test
    @Row("use/zero")
    void leavesTheLastReplicaToSignalsThatWake() {
        SignalSample idle = Pod.sample(0, using(20).times(4));
        assertEquals(0, at(0, WITH_LAG, seen(running(4), lag(0, 0, 0), idle)).desired());
        assertEquals(1, at(0, WITH_LAG, seen(running(4), lag(0, 5, 0), idle)).desired());
        SignalSample busy = Pod.sample(0, using(900).times(4));
        Decision decision = at(0, WITH_LAG, seen(running(4), lag(0, 0, 0), busy));
        assertEquals(6, decision.desired(), decision.sentence());
        assertTrue(decision.active());
    }

    @Test
    @Row("use/no-behavior-up")
    void growsToTheDoubleOrFourWithoutBehavior() {
        Policy policy = with(byLag(1, 100), CPU);
        assertEquals(
                4, at(0, policy, seen(running(1), Pod.sample(0, using(60_000)))).desired());
        assertEquals(
                10,
                at(0, policy, seen(running(5), Pod.sample(0, using(60_000).times(5))))
                        .desired());
        Step step = decide(
                policy,
                0,
                Memory.empty(),
                seen(running(5), Pod.sample(0, using(60_000).times(5))));
        step = decide(
                policy,
                1,
                step.memory(),
                seen(running(10), Pod.sample(1, using(60_000).times(10))));
        assertEquals(10, step.decision().desired());
        assertEquals(Reason.SCALE_UP_LIMIT, step.decision().reason());
        step = decide(
                policy,
                16,
                step.memory(),
                seen(running(10), Pod.sample(16, using(60_000).times(10))));
        assertEquals(20, step.decision().desired());
    }

    @Test
    @Row("use/no-behavior-down")
    void staysDownForFiveMinutesWithoutBehavior() {
        Policy policy = with(byLag(1, 100), CPU);
        Step step = decide(
                policy,
                0,
                Memory.empty(),
                seen(running(5), Pod.sample(0, using(10).times(5))));
        step = decide(
                policy,
                299,
                step.memory(),
                seen(running(5), Pod.sample(299, using(10).times(5))));
        assertEquals(5, step.decision().desired());
        step = decide(
                policy,
                300,
                step.memory(),
                seen(running(5), Pod.sample(300, using(10).times(5))));
        assertEquals(1, step.decision().desired());
    }

    @Test
    @Row("missing/fallback")
    void fallsBackWhenUseStaysUnknown() {
        Policy policy = with(CPU_ONLY, new Fallback(Duration.ofMinutes(3), 6));
        Step step = decide(
                policy,
                0,
                Memory.empty(),
                seen(running(2), Pod.sample(0, using(600).times(2))));
        step = decide(
                policy,
                180,
                step.memory(),
                seen(running(2), Pod.sample(180, missing().times(2))));
        assertEquals(2, step.decision().desired());
        step = decide(
                policy,
                181,
                step.memory(),
                seen(running(2), Pod.sample(181, missing().times(2))));
        assertEquals(6, step.decision().desired());
    }

    @Test
    void doesNotFallBackAfterARestAtZero() {
        Policy policy = with(WITH_LAG, new Fallback(Duration.ofMinutes(3), 60));
        Step step = decide(policy, 0, Memory.empty(), seen(running(0), lag(0, 0)));
        step = decide(policy, 900, step.memory(), seen(running(0), lag(900, 9)));
        assertEquals(1, step.decision().desired());
        step = decide(policy, 901, step.memory(), seen(running(1), lag(901, 9)));
        assertEquals(1, step.decision().desired(), step.decision().sentence());
    }

    @Test
    void isUnknownWithoutASample() {
        Decision decision = at(0, CPU_ONLY, seen(running(2)));
        assertEquals(Reason.SIGNAL_UNSEEN, decision.reason());
        assertTrue(decision.active());
    }

    @Test
    void isUnknownByASampleOfTheFutureOrThePast() {
        SignalSample sample = Pod.sample(100, using(1).times(2));
        assertEquals(
                Reason.SAMPLE_FROM_FUTURE,
                at(90, CPU_ONLY, seen(running(2), sample)).reason());
        assertEquals(1, at(96, CPU_ONLY, seen(running(2), sample)).desired());
        assertEquals(
                Reason.AWAITING_SAMPLE,
                at(146, CPU_ONLY, seen(running(2), sample)).reason());
        assertEquals(
                Reason.SIGNAL_STALE, at(191, CPU_ONLY, seen(running(2), sample)).reason());
    }

    @Test
    void isUnknownByASampleOfAnotherKind() {
        SignalSample wrong = new SignalSample("usage", Facts.second(0), new Reading.Offsets(List.of()));
        assertEquals(
                Reason.SIGNAL_UNKNOWN, at(0, CPU_ONLY, seen(running(2), wrong)).reason());
        SignalSample failed = new SignalSample("usage", Facts.second(0), new Reading.Failed("no metrics API"));
        assertEquals(
                Reason.SIGNAL_FAILED, at(0, CPU_ONLY, seen(running(2), failed)).reason());
        SignalSample pods = new SignalSample("lag", Facts.second(0), new Reading.Pods(List.of()));
        assertEquals(
                Reason.SIGNAL_UNKNOWN,
                at(0, byLag(1, 9), seen(running(2), pods)).reason());
    }

    @Test
    void isDueWhenAPodComesOutOfItsInitialization() {
        Pod starting = using(900).started(Optional.of(-290.0)).ready(Optional.of(true), -1);
        Snapshot snapshot = seen(running(2), Pod.sample(0, starting, using(900)));
        Step step = decide(CPU_ONLY, 0, Memory.empty(), snapshot);
        assertEquals(2, step.decision().desired(), step.decision().sentence());
        Instant due = step.nextDue();
        assertEquals(Facts.second(10), due);
        step = decide(CPU_ONLY, 10, step.memory(), snapshot);
        assertEquals(3, step.decision().desired(), step.decision().sentence());
    }

    @Test
    void doesNotWaitForAGroupToSettle() {
        Step step = decide(
                CPU_ONLY,
                0,
                Memory.empty(),
                seen(running(2), Pod.sample(0, using(1_200).times(2))));
        assertEquals(4, step.decision().desired());
        step = decide(
                CPU_ONLY,
                1,
                step.memory(),
                seen(Facts.starting(4, 2), Pod.sample(1, using(10).times(2))));
        assertEquals(1, step.decision().desired(), step.decision().sentence());
    }

    @Test
    void tellsItsNumbers() {
        Pod[] pods = Pod.and(using(1_500).times(3), missing(), using(1).leaving());
        Decision decision = at(0, BOTH, seen(running(4), Pod.sample(0, pods)));
        assertEquals(
                "4 -> 12: Memory is at 1 500 bytes over 3 pods, 1 pod without a metric, for a target of 400 bytes; that takes"
                        + " 12 replicas.",
                decision.sentence());
        assertEquals(
                List.of(
                        "cpu usage 150.0 %",
                        "cpu podsCounted 3.0 pods",
                        "cpu podsWithoutMetric 1.0 pods",
                        "memory usage 1500.0 bytes",
                        "memory podsCounted 3.0 pods",
                        "memory podsWithoutMetric 1.0 pods"),
                decision.inputs().stream()
                        .map(input ->
                                input.signal() + " " + input.quantity() + " " + input.value() + " " + input.unit())
                        .toList());
    }

    private static Decision at(double second, Policy policy, Snapshot snapshot) {
        return decide(policy, second, Memory.empty(), snapshot).decision();
    }

    private static Step decide(Policy policy, double second, Memory memory, Snapshot snapshot) {
        return DecisionEngine.decide(policy, snapshot, memory, Facts.second(second));
    }
}
