package io.tidegate.policyengine.topology;

import static io.tidegate.policyengine.topology.Facts.ORDERS;
import static io.tidegate.policyengine.topology.Facts.lag;
import static io.tidegate.policyengine.topology.Facts.policy;
import static io.tidegate.policyengine.topology.Facts.replicas;
import static io.tidegate.policyengine.topology.Facts.tick;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.Mode;
import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.target.TargetMessage;
import io.tidegate.contracts.wire.Envelope;
import io.tidegate.contracts.wire.EventCodec;
import io.tidegate.contracts.wire.EventType;
import io.tidegate.decision.DecisionEngine;
import io.tidegate.policyengine.decide.CoreSamples;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others send costs its own workload a reason, or is a dead letter, and changes nothing for any other. */
class HostileFactsTest {

    private static final WorkloadId CLICKS = new WorkloadId("eu", "sales", "Deployment", "clicks");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"workload\":\"eu/sales/Deployment/orders\",\"signal\":\"lag\"}",
                "{\"workload\":7,\"signal\":\"lag\",\"reading\":{\"kind\":\"failed\",\"error\":\"x\"}}",
                "{\"workload\":\"eu/sales/Deployment/orders\",\"signal\":\"lag\",\"reading\":{\"kind\":\"nonsense\"}}",
                "{\"workload\":\"eu/sales/Deployment/orders\",\"signal\":\"lag\",\"reading\":{\"kind\":\"offsets\","
                        + "\"partitions\":[{\"topic\":\"orders\",\"partition\":0,\"committed\":NaN,\"start\":0,\"end\":1}]}}",
                "{\"workload\":\"eu/sales/Deployment/orders\",\"signal\":\"lag\",\"reading\":{\"kind\":\"offsets\","
                        + "\"partitions\":[{\"topic\":\"orders\",\"partition\":0,\"committed\":1e999,\"start\":0,\"end\":1}]}}",
                "{\"workload\":\"eu/sales/Deployment/orders\",\"signal\":\"lag\",\"reading\":{\"kind\":\"offsets\","
                        + "\"partitions\":[{\"topic\":\"orders\",\"partition\":0,\"committed\":\"1\",\"start\":0,\"end\":1}]}}",
                "{\"workload\":\"eu/sales/Deployment/orders\",\"signal\":\"lag\",\"reading\":{\"kind\":\"offsets\","
                        + "\"partitions\":[{\"topic\":\"orders\",\"partition\":0,\"committed\":-5,\"start\":0,\"end\":1}]}}"
            })
    void passesOnABodyThatIsNoSample(String body) {
        assertEquals(1, beside(engine -> sample(engine, body.getBytes(StandardCharsets.UTF_8))), body);
    }

    @Test
    void passesOnDeepNestingAndBytesThatAreNoText() {
        assertEquals(1, beside(engine -> sample(engine, "[".repeat(100_000).getBytes(StandardCharsets.UTF_8))));
        byte[] noText =
                "{\"workload\":\"eu/sales/Deployment/orders\",\"signal\":\"lag!\"}".getBytes(StandardCharsets.UTF_8);
        noText[noText.length - 3] = (byte) 0xff;
        assertEquals(1, beside(engine -> sample(engine, noText)));
    }

    @Test
    void saysThatTheClockOfACollectorIsTenMinutesAhead() {
        int deadLetters = beside(engine -> {
            engine.fact(lag(95), engine.now().plus(Duration.ofMinutes(10)));
            Target target = (Target) engine.targets().getLast();
            Target.Condition condition = target.conditions().stream()
                    .filter(other -> other.type().equals("SamplesTaken"))
                    .findFirst()
                    .orElseThrow();
            assertEquals("SampleFromFuture", condition.reason());
            assertTrue(condition.message().contains("600 s"), condition.message());
        });
        assertEquals(0, deadLetters);
    }

    @Test
    void takesNoSampleThatIsOlderThanTheOneBefore() {
        int deadLetters = beside(engine -> {
            engine.fact(lag(95), engine.now());
            List<String> told = engine.raw();
            for (int age = 1; age <= 20; age++) {
                engine.fact(lag(age * 100L), engine.now().minusMillis(age));
            }
            assertEquals(List.of(), engine.raw(), () -> "after " + told);
            assertEquals(20, engine.count("tidegate.facts.refused", "reason", "older"));
        });
        assertEquals(0, deadLetters);
    }

    @Test
    void tellsAnErrorThatIsCutWithinACharacterAndTheSameAfterARestart() {
        SampleFact failed = new SampleFact(
                ORDERS, "lag", new Reading.Failed("x".repeat(CoreSamples.MAX_MESSAGE - 1) + "\ud83d\ude00"));
        SortedMap<String, byte[]> state;
        String sentence;
        try (EngineDriver engine = EngineDriver.inMemory(DecisionEngine::decide)) {
            begin(engine);
            engine.targets();
            engine.fact(failed);
            assertEquals(List.of(), engine.deadLetters());
            state = engine.state();
            engine.advance(Duration.ofMinutes(5));
            engine.fact(tick());
            sentence = last(engine).sentence();
        }
        try (EngineDriver again = EngineDriver.inMemory(DecisionEngine::decide)) {
            again.restore(state);
            again.fact(tick());
            for (int i = 0; i < 6; i++) {
                again.fact(tick());
            }
            again.targets();
            again.advance(Duration.ofMinutes(5));
            again.fact(tick());
            assertEquals(sentence, last(again).sentence());
        }
    }

    /** Another workload is told the same with and without what happens; returns the number of dead letters. */
    private static int beside(Consumer<EngineDriver> hostile) {
        List<Target> undisturbed = new ArrayList<>();
        for (Consumer<EngineDriver> happening : List.<Consumer<EngineDriver>>of(engine -> {}, hostile)) {
            try (EngineDriver engine = EngineDriver.inMemory(new ScriptedDecisions())) {
                begin(engine);
                engine.fact(policy("c", CLICKS, 1, Facts.CREATED, Mode.Enforce));
                engine.fact(replicas(CLICKS, 0));
                engine.fact(lag(CLICKS, 10));
                engine.targets();
                engine.advance(Duration.ofSeconds(1));
                happening.accept(engine);
                engine.targets();
                engine.advance(Duration.ofSeconds(1));
                engine.fact(lag(CLICKS, 95));
                undisturbed.add(engine.onlyTarget());
                if (undisturbed.size() == 2) {
                    assertEquals(undisturbed.get(0), undisturbed.get(1));
                    return engine.deadLetters().size();
                }
            }
        }
        throw new AssertionError("both happen");
    }

    private static void begin(EngineDriver engine) {
        engine.fact(policy("a"));
        engine.fact(replicas(0));
        engine.fact(lag(0));
    }

    private static void sample(EngineDriver engine, byte[] body) {
        engine.record(
                ORDERS.toString(),
                body,
                EventCodec.headers(EventType.SAMPLE, new Envelope("e", "tidegate/test", engine.now())));
    }

    private static Target last(EngineDriver engine) {
        List<TargetMessage> told = engine.targets();
        return (Target) told.getLast();
    }
}
