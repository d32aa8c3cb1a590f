package io.tidegate.policyengine.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.decision.DecisionEngine;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    @Test
    void decidesByLagAndByRate() {
        AtomicInteger decisions = new AtomicInteger();
        WarmUp.run((policy, snapshot, memory, now) -> {
            decisions.incrementAndGet();
            return DecisionEngine.decide(policy, snapshot, memory, now);
        });
        assertEquals(800, decisions.get());
    }
}
