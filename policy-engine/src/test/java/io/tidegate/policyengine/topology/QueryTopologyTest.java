package io.tidegate.policyengine.topology;

import static io.tidegate.policyengine.topology.Facts.ORDERS;
import static io.tidegate.policyengine.topology.Facts.replicas;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.contracts.decision.DecisionRecord;
import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.contracts.policy.PolicySpec;
import io.tidegate.contracts.policy.PrometheusSignal;
import io.tidegate.contracts.policy.ReplicaBounds;
import io.tidegate.contracts.policy.ScaleTargetRef;
import io.tidegate.contracts.policy.SignalSpec;
import io.tidegate.contracts.target.Target;
import io.tidegate.decision.DecisionEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a query gives on its way from a policy to a size, with the real decision-core and a store on disk. */
class QueryTopologyTest {

    @TempDir
    Path stateDir;

    private EngineDriver engine;

    @BeforeEach
    void start() {
        engine = EngineDriver.onDisk(stateDir, DecisionEngine::decide);
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void dividesTheNumberByTheAverageValue() {
        engine.fact(policy(4_000L, null));
        engine.fact(replicas(0));
        engine.raw();
        engine.fact(sample(Reading.Value.of(41)));

        DecisionRecord decision = engine.decisions().getLast();
        assertEquals("0 -> 11: The query gives 41; at 4 per replica that takes 11 replicas.", decision.sentence());
        assertEquals("value", decision.recommendations().getFirst().recommender());
        assertEquals(11, engine.onlyTarget().replicas());
    }

    @Test
    void scalesByHowFarTheNumberIsFromTheValue() {
        engine.fact(policy(null, 700L));
        engine.fact(replicas(4));
        engine.raw();
        engine.fact(sample(Reading.Value.of(1.05)));

        assertEquals(6, engine.onlyTarget().replicas());
    }

    @Test
    void whatIsUnknownIsNeverZeroAndTheStatusSaysWhy() {
        engine.fact(policy(4_000L, null));
        engine.fact(replicas(4));
        for (Reading reading : List.of(
                Reading.Value.unknown("the query gives NaN"),
                Reading.Value.unknown("the query gives no series"),
                new Reading.Failed("the Prometheus did not answer within 5s"))) {
            engine.advance(Duration.ofMinutes(10));
            engine.fact(sample(reading));
            Target target = lastTarget();
            assertEquals(4, target.replicas());
            String why = reading instanceof Reading.Value value
                    ? String.valueOf(value.unknown())
                    : "the Prometheus did not answer within 5s";
            assertTrue(target.sentence().contains(why), target.sentence());
            assertTrue(
                    target.conditions().toString().contains(why),
                    target.conditions().toString());
            Target.Condition fresh = target.conditions().stream()
                    .filter(condition -> condition.type().equals("Fresh"))
                    .findFirst()
                    .orElseThrow();
            assertEquals("False", fresh.status());
            assertEquals(reading instanceof Reading.Failed ? "SignalFailed" : "SignalUnknown", fresh.reason());
        }
    }

    private Target lastTarget() {
        return engine.targets().stream()
                .filter(Target.class::isInstance)
                .map(Target.class::cast)
                .toList()
                .getLast();
    }

    private static SampleFact sample(Reading reading) {
        return new SampleFact(ORDERS, "queued", reading);
    }

    private static PolicyFact policy(@Nullable Long averageValueMilli, @Nullable Long valueMilli) {
        PrometheusSignal queued =
                new PrometheusSignal("prom", "sum(queued)", averageValueMilli, valueMilli, 0, Duration.ofMinutes(2));
        return new PolicyFact(
                Facts.policyId("queued"),
                "uid-queued",
                1,
                Facts.CREATED,
                ORDERS,
                new PolicySpec(
                        new ScaleTargetRef("apps/v1", ORDERS.kind(), ORDERS.name()),
                        null,
                        new ReplicaBounds(0, 40),
                        null,
                        List.of(SignalSpec.of("queued", queued)),
                        null,
                        null));
    }
}
