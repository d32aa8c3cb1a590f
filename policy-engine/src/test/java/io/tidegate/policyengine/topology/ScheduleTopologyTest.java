package io.tidegate.policyengine.topology;

import static io.tidegate.policyengine.topology.Facts.ORDERS;
import static io.tidegate.policyengine.topology.Facts.replicas;
import static io.tidegate.policyengine.topology.Facts.tick;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.contracts.decision.DecisionRecord;
import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.policy.Mode;
import io.tidegate.contracts.policy.PolicySpec;
import io.tidegate.contracts.policy.ReplicaBounds;
import io.tidegate.contracts.policy.ScaleTargetRef;
import io.tidegate.contracts.policy.ScheduleSignal;
import io.tidegate.contracts.policy.SignalSpec;
import io.tidegate.decision.DecisionEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Schedules and formulas on their way from a policy to a size, with the real decision-core. */
class ScheduleTopologyTest {

    private final EngineDriver engine = EngineDriver.inMemory(DecisionEngine::decide);

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void ticksAloneWakeAWorkloadWhenAWindowOpens() {
        engine.fact(policy("0 4 * * *", null));
        engine.fact(replicas(0));
        engine.fact(tick());
        engine.raw();
        engine.advance(Duration.between(engine.now(), Instant.parse("2026-01-02T03:59:59.500Z")));
        engine.fact(tick());
        assertEquals(List.of(), engine.decisions());
        engine.advance(Duration.ofSeconds(1));
        engine.fact(tick());
        DecisionRecord decision = engine.decisions().getLast();
        assertEquals(20, decision.desired());
        assertEquals("Waking", decision.reason());
        assertEquals(
                "0 -> 20: The schedule 'night' asks for 20 replicas until 2026-01-02 05:00 UTC.", decision.sentence());
    }

    @Test
    void aFormulaSetsTheSize() {
        engine.fact(policy("0 2 * * *", "night / 3"));
        engine.fact(replicas(0));
        DecisionRecord decision = engine.decisions().getLast();
        assertEquals(7, decision.desired());
        assertEquals("0 -> 7: The formula night / 3 gives 7 replicas, with night at 20.", decision.sentence());
    }

    private static PolicyFact policy(String start, @Nullable String formula) {
        return new PolicyFact(
                Facts.policyId("night"),
                "uid-night",
                1,
                Facts.CREATED,
                ORDERS,
                new PolicySpec(
                        new ScaleTargetRef("apps/v1", "Deployment", "orders"),
                        Mode.Enforce,
                        new ReplicaBounds(0, 40),
                        null,
                        List.of(new SignalSpec("night", null, null, new ScheduleSignal("UTC", start, "0 5 * * *", 20))),
                        null,
                        null,
                        formula));
    }
}
