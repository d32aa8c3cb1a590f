package io.tidegate.policyengine.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tidegate.contracts.policy.Behavior;
import io.tidegate.contracts.policy.Fallback;
import io.tidegate.contracts.policy.KafkaSignal;
import io.tidegate.contracts.policy.Mode;
import io.tidegate.contracts.policy.Objective;
import io.tidegate.contracts.policy.PolicySpec;
import io.tidegate.contracts.policy.ReplicaBounds;
import io.tidegate.contracts.policy.ScaleTargetRef;
import io.tidegate.contracts.policy.ScalingRules;
import io.tidegate.contracts.policy.ScalingRules.SelectPolicy;
import io.tidegate.contracts.policy.SignalSpec;
import io.tidegate.decision.policy.LagOptions;
import io.tidegate.decision.policy.NoCommittedOffset;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.policy.RateLimit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

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
                        Optional.of(new io.tidegate.decision.policy.Objective(Duration.ofSeconds(30), 95)),
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
