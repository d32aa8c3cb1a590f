package io.tidegate.decision;

import static io.tidegate.decision.Application.active;
import static io.tidegate.decision.Application.begun;
import static io.tidegate.decision.Application.waiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.decision.model.Condition;
import io.tidegate.decision.model.PartitionOffsets;
import io.tidegate.decision.model.Reading;
import io.tidegate.decision.model.SignalSample;
import io.tidegate.decision.model.Snapshot;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.policy.Resource;
import io.tidegate.decision.policy.ResourceSignal;
import io.tidegate.decision.policy.ResourceTarget;
import io.tidegate.decision.policy.SparkSignal;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is missing of an application's state takes no executor away. */
class SparkFreshnessTest {
    private static final Policy POLICY = Application.policy(1, 20);
    private static final Application IDLE = Application.of(6, 6).idle(100_000);

    record Case(String name, Snapshot snapshot, double second, String reason) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Snapshot of(Reading reading) {
        Snapshot idle = IDLE.at(10);
        return new Snapshot(idle.target(), List.of(new SignalSample(SparkSignal.SAMPLE, Facts.second(10), reading)));
    }

    static Stream<Case> missing() {
        Snapshot idle = IDLE.at(10);
        Application cut =
                Application.of(6, 6).stage(active(0, 10, 1, 9, 100, 100)).omitting(3);
        return Stream.of(
                new Case("never seen", new Snapshot(idle.target(), List.of()), 10, "SignalUnseen"),
                new Case("failed", of(new Reading.Failed("403")), 10, "SignalFailed"),
                new Case(
                        "offsets",
                        of(new Reading.Offsets(List.of(new PartitionOffsets(
                                "t", 0, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty())))),
                        10,
                        "SignalUnknown"),
                new Case("pods", of(new Reading.Pods(List.of())), 10, "SignalUnknown"),
                new Case("from the future", idle, 4, "SampleFromFuture"),
                new Case("three heartbeats old", idle, 25.001, "AwaitingSample"),
                new Case("stale", idle, 100.001, "SignalStale"),
                new Case("stages are left out", cut.busy(1).at(10), 10, "SignalUnknown"),
                new Case(
                        "all stages are left out",
                        Application.of(6, 6).omitting(3).at(10),
                        10,
                        "SignalUnknown"));
    }

    @ParameterizedTest
    @MethodSource
    void missing(Case one) {
        Step step = DecisionEngine.decide(POLICY, one.snapshot(), Memory.empty(), Facts.second(one.second()));

        assertEquals(6, step.decision().desired(), step.decision()::sentence);
        Condition fresh = step.decision().conditions().get(1);
        assertTrue(
                one.reason().equals(step.decision().reason().code())
                        || one.reason().equals(fresh.reason()),
                () -> step.decision().reason() + ": " + step.decision().sentence());
    }

    @ParameterizedTest
    @MethodSource
    void known(Application application) {
        Step step = application.decide(POLICY, Memory.empty(), 10);
        assertEquals("Fresh", step.decision().conditions().get(1).reason(), step.decision()::sentence);
    }

    static Stream<Application> known() {
        return Stream.of(
                IDLE,
                Application.of(6, 6).stage(begun(0, 10, 10, 10)),
                Application.of(6, 6)
                        .stage(begun(0, 10, 10, 10))
                        .stage(waiting(1, 10, 0))
                        .omitting(9));
    }

    @ParameterizedTest
    @MethodSource
    void misplaced(Policy policy) {
        Reading state = IDLE.reading();
        Snapshot snapshot = new Snapshot(
                Facts.running(6),
                List.of(
                        new SignalSample("lag", Facts.second(1), state),
                        new SignalSample(ResourceSignal.SAMPLE, Facts.second(1), state)));
        Step step = DecisionEngine.decide(policy, snapshot, Memory.empty(), Facts.second(1));
        assertEquals(6, step.decision().desired());
        assertEquals("SignalUnknown", step.decision().reason().code());
    }

    static Stream<Policy> misplaced() {
        return Stream.of(
                Facts.byLag(1, 20),
                Facts.with(
                        Facts.byLag(1, 20),
                        ResourceSignal.of("cpu", Resource.CPU, new ResourceTarget.AverageUtilization(70))));
    }
}
