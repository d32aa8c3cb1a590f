package io.tidegate.policyengine.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.contracts.policy.Behavior;
import io.tidegate.contracts.policy.Fallback;
import io.tidegate.contracts.policy.KafkaSignal;
import io.tidegate.contracts.policy.Mode;
import io.tidegate.contracts.policy.Objective;
import io.tidegate.contracts.policy.PolicySpec;
import io.tidegate.contracts.policy.ReplicaBounds;
import io.tidegate.contracts.policy.ResourceSignal;
import io.tidegate.contracts.policy.ScaleTargetRef;
import io.tidegate.contracts.policy.ScalingRules;
import io.tidegate.contracts.policy.ScalingRules.SelectPolicy;
import io.tidegate.contracts.policy.ScheduleSignal;
import io.tidegate.contracts.policy.SignalSpec;
import io.tidegate.decision.policy.LagOptions;
import io.tidegate.decision.policy.NoCommittedOffset;
import io.tidegate.decision.policy.PartitionRange;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.policy.RateLimit;
import io.tidegate.decision.policy.Resource;
import io.tidegate.decision.policy.ResourceTarget;
import io.tidegate.decision.schedule.Schedule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorePoliciesTest {

    private static final ScaleTargetRef TARGET = new ScaleTargetRef("apps/v1", "Deployment", "orders");

    @Test
    void carriesEveryRuleOver() {
        ScalingRules up = new ScalingRules(
                30,
                SelectPolicy.Min,
                List.of(new ScalingRules.RateLimit(ScalingRules.RateLimit.Type.Percent, 50, 60)),
                0.2);
        PolicySpec spec = new PolicySpec(
                TARGET,
                Mode.Shadow,
                new ReplicaBounds(1, 7),
                new Objective(Duration.ofSeconds(30), 95),
                List.of(new SignalSpec("lag", kafka(250.0)), new SignalSpec("cpu", null)),
                new Behavior(up, null),
                new Fallback(Duration.ofMinutes(3), 6));
        assertEquals(
                new Policy(
                        io.tidegate.decision.policy.Mode.SHADOW,
                        1,
                        7,
                        Optional.of(new io.tidegate.decision.policy.Objective.Latency(Duration.ofSeconds(30), 95)),
                        List.of(new io.tidegate.decision.policy.KafkaSignal(
                                "lag",
                                10,
                                5,
                                NoCommittedOffset.LATEST,
                                OptionalDouble.of(250),
                                true,
                                LagOptions.none())),
                        Optional.of(new io.tidegate.decision.policy.Behavior(
                                new io.tidegate.decision.policy.ScalingRules(
                                        Optional.of(Duration.ofSeconds(30)),
                                        Optional.of(io.tidegate.decision.policy.SelectPolicy.MIN),
                                        List.of(new RateLimit(RateLimit.Type.PERCENT, 50, Duration.ofMinutes(1))),
                                        OptionalDouble.of(0.2)),
                                io.tidegate.decision.policy.ScalingRules.unset())),
                        Optional.of(new io.tidegate.decision.policy.Fallback(Duration.ofMinutes(3), 6))),
                CorePolicies.of(spec));
    }

    @Test
    void refusesAPolicyWithoutASignalThatItKnows() {
        PolicySpec spec = new PolicySpec(TARGET, null, null, null, List.of(new SignalSpec("cpu", null)), null, null);
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> CorePolicies.of(spec));
        assertEquals("no signal of a kind that this version knows; add one under signals", refused.getMessage());
    }

    @Test
    void carriesResourceSignalsOver() {
        PolicySpec spec = spec(
                new SignalSpec(
                        "cpu",
                        null,
                        new ResourceSignal(
                                ResourceSignal.ResourceName.cpu, "app", 70, null, Duration.ZERO, Duration.ofSeconds(7)),
                        null),
                new SignalSpec(
                        "memory",
                        null,
                        new ResourceSignal(
                                ResourceSignal.ResourceName.memory,
                                null,
                                null,
                                2_000L,
                                Duration.ofMinutes(5),
                                Duration.ofSeconds(30)),
                        null));
        assertEquals(
                List.of(
                        new io.tidegate.decision.policy.ResourceSignal(
                                "cpu",
                                Resource.CPU,
                                Optional.of("app"),
                                new ResourceTarget.AverageUtilization(70),
                                Duration.ZERO,
                                Duration.ofSeconds(7)),
                        io.tidegate.decision.policy.ResourceSignal.of(
                                "memory", Resource.MEMORY, new ResourceTarget.AverageValue(2_000))),
                CorePolicies.of(spec).signals());
    }

    @Test
    void carriesTheOptionsOfLagOver() {
        KafkaSignal kafka = new KafkaSignal(
                "kafka",
                "orders",
                List.of("orders"),
                10,
                5,
                KafkaSignal.NoCommittedOffset.Latest,
                null,
                false,
                KafkaSignal.Wake.Fetch,
                true,
                true,
                false,
                List.of(new KafkaSignal.PartitionRange(2, 5)));
        var signal = (io.tidegate.decision.policy.KafkaSignal)
                CorePolicies.of(spec(new SignalSpec("lag", kafka))).signals().getFirst();
        assertEquals(new LagOptions(true, true, false, List.of(new PartitionRange(2, 5))), signal.options());
    }

    @Test
    void saysWhichSignalCannotBeUsed() {
        ResourceSignal slow =
                new ResourceSignal(ResourceSignal.ResourceName.cpu, null, 70, null, Duration.ofHours(2), Duration.ZERO);
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> CorePolicies.of(spec(new SignalSpec("cpu", null, slow, null))));
        assertEquals("signal cpu: cpuInitializationPeriod must be 0 s to 1 h: PT2H", refused.getMessage());
    }

    @Test
    void carriesSchedulesAndFormulasOver() {
        PolicySpec spec = withFormula("max(lag, `night-shift`)", schedule("0 22 * * *"));
        Policy policy = CorePolicies.of(spec);
        assertEquals(
                new io.tidegate.decision.policy.ScheduleSignal(
                        "night-shift", Schedule.parse("Europe/Amsterdam", "0 22 * * *", "0 6 * * *"), 20),
                policy.signals().getLast());
        assertEquals(
                List.of("lag", "night-shift"), policy.formula().orElseThrow().signals());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max(lag, cpu) | 0 22 * * * | formula: ",
                "max(lag       | 0 22 * * * | formula: ",
                "lag           | 0 25 * * * | signal night-shift: start: ",
                "lag           | 0 0 30 2 * | signal night-shift: start: "
            })
    void saysWhichFormulaOrScheduleCannotBeRead(String formula, String start, String words) {
        PolicySpec spec = withFormula(formula, schedule(start));
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> CorePolicies.of(spec));
        String said = String.valueOf(refused.getMessage());
        assertTrue(said.startsWith(words) && said.length() > words.length() + 10, said);
    }

    private static SignalSpec schedule(String start) {
        return new SignalSpec(
                "night-shift", null, null, new ScheduleSignal("Europe/Amsterdam", start, "0 6 * * *", 20));
    }

    private static PolicySpec withFormula(String formula, SignalSpec schedule) {
        return new PolicySpec(
                TARGET, null, null, null, List.of(new SignalSpec("lag", kafka(null)), schedule), null, null, formula);
    }

    @Test
    void refusesToGoToZeroWithNothingThatWakes() {
        ResourceSignal cpu =
                new ResourceSignal(ResourceSignal.ResourceName.cpu, null, 70, null, Duration.ZERO, Duration.ZERO);
        PolicySpec spec =
                new PolicySpec(TARGET, null, null, null, List.of(new SignalSpec("cpu", null, cpu, null)), null, null);
        assertThrows(IllegalArgumentException.class, () -> CorePolicies.of(spec));
    }

    private static PolicySpec spec(SignalSpec... signals) {
        return new PolicySpec(TARGET, null, new ReplicaBounds(1, 10), null, List.of(signals), null, null);
    }

    private static KafkaSignal kafka(@Nullable Double rate) {
        return new KafkaSignal(
                "kafka",
                "orders",
                List.of("orders"),
                10,
                5,
                KafkaSignal.NoCommittedOffset.Latest,
                rate,
                true,
                KafkaSignal.Wake.Fetch);
    }
}
