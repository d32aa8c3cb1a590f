package io.tidegate.decision.guard;

import static io.tidegate.decision.Facts.lag;
import static io.tidegate.decision.Facts.running;
import static io.tidegate.decision.Facts.seen;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.decision.DecisionEngine;
import io.tidegate.decision.Facts;
import io.tidegate.decision.Memory;
import io.tidegate.decision.formula.Formula;
import io.tidegate.decision.model.Decision;
import io.tidegate.decision.policy.Behavior;
import io.tidegate.decision.policy.KafkaSignal;
import io.tidegate.decision.policy.Mode;
import io.tidegate.decision.policy.Policy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ToleranceTest {
    @Test
    void isNeverAReasonToMove() {
        // 10 of 11 replicas would do for the lag, and one more is asked for: that is the present size.
        Policy policy = new Policy(
                Mode.ENFORCE,
                0,
                100,
                Optional.empty(),
                List.of(KafkaSignal.named("lag")),
                Optional.of(new Behavior(Facts.tolerance(0.1), Facts.tolerance(0.1))),
                Optional.empty(),
                Optional.of(Formula.parse("lag + 1", List.of("lag"))));
        Decision decision = DecisionEngine.decide(
                        policy,
                        seen(running(11), lag(0, 100, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
                        Memory.empty(),
                        Facts.second(0))
                .decision();
        assertEquals(11, decision.desired(), decision.sentence());
    }
}
