package io.tidegate.policyengine.topology;

import static io.tidegate.policyengine.topology.Facts.lag;
import static io.tidegate.policyengine.topology.Facts.outcome;
import static io.tidegate.policyengine.topology.Facts.policy;
import static io.tidegate.policyengine.topology.Facts.replicas;
import static io.tidegate.policyengine.topology.Facts.tick;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.contracts.decision.DecisionRecord;
import io.tidegate.contracts.fact.OutcomeFact;
import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.wire.Envelope;
import io.tidegate.contracts.wire.EventCodec;
import io.tidegate.contracts.wire.Json;
import io.tidegate.contracts.wire.TraceParent;
import io.tidegate.policyengine.trace.Span;
import io.tidegate.policyengine.trace.Span.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told of a fact is in the fact's trace. */
class TraceTest {

    private static final TraceParent TRACE =
            new TraceParent(0x4bf92f3577b34da6L, 0xa3ce929d0e0e4736L, 0xf067aa0ba902b7L, TraceParent.SAMPLED);

    private final EngineDriver engine = EngineDriver.inMemory(new ScriptedDecisions());

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void decisionAndTargetAreInTheTraceOfTheirSample() throws IOException {
        running();
        engine.fact(lag(95), engine.now(), TRACE);

        TestRecord<String, byte[]> told = engine.decisionRecords().getFirst();
        DecisionRecord decision = Json.mapper().readValue(told.value(), DecisionRecord.class);
        TestRecord<String, byte[]> its = engine.targetRecords().getFirst();
        Target target = Json.mapper().readValue(its.value(), Target.class);
        TraceParent place = trace(told.headers());
        assertAll(
                () -> assertEquals(TRACE.traceId(), place.traceId()),
                () -> assertNotEquals(TRACE.spanId(), place.spanId()),
                () -> assertEquals(place.toString(), decision.traceparent()),
                () -> assertEquals(place.toString(), target.traceparent()),
                () -> assertEquals(place, trace(its.headers())));
    }

    @Test
    void aTargetThatIsToldWithoutADecisionIsInTheTraceOfItsFactToo() {
        running();
        engine.fact(outcome(OutcomeFact.Result.Refused, 1), engine.now(), TRACE);

        assertEquals(List.of(), engine.decisionRecords());
        assertEquals(
                TRACE.traceId(),
                trace(engine.targetRecords().getFirst().headers()).traceId());
    }

    @Test
    void whatNoTraceLedToIsInATraceOfItsOwnThatIsTheSameAgain() {
        running();
        engine.fact(lag(95), engine.now(), null);
        List<String> once = engine.raw();
        try (EngineDriver again = EngineDriver.inMemory(new ScriptedDecisions())) {
            running(again);
            again.fact(lag(95), again.now(), null);

            assertEquals(once, again.raw());
            assertTrue(once.getFirst().contains("traceparent"), once.getFirst());
        }
    }

    @Test
    void aBrokenHeaderCostsNothingButTheTrace() {
        running();
        Headers broken = new RecordHeaders(
                EventCodec.headers(EventCodec.typeOf(lag(95)), new Envelope("broken", "tidegate/test", engine.now())));
        broken.add("ce_traceparent", "00-zz".repeat(50_000).getBytes(StandardCharsets.UTF_8));
        engine.record(lag(95).key(), EventCodec.body(lag(95)), broken);

        TestRecord<String, byte[]> told = engine.decisionRecords().getFirst();
        assertEquals(10, engine.onlyTarget().replicas());
        assertNotEquals(TRACE.traceId(), trace(told.headers()).traceId());
        assertEquals(List.of(), engine.deadLetters());
    }

    @Test
    void heartbeatsAndTombstonesAreInNoTrace() {
        engine.advance(Duration.ofSeconds(1));
        engine.fact(tick());
        assertNull(EventCodec.trace(engine.targetRecords().getFirst().headers()));
    }

    @Test
    void givesTheSpansOfOneTraceFromSampleToWrite() {
        running();
        engine.spans.clear();
        engine.advance(Duration.ofMillis(30));
        engine.fact(lag(95), engine.now().minusMillis(20), TRACE);
        Target target = engine.onlyTarget();
        engine.advance(Duration.ofMillis(15));
        OutcomeFact written = outcome(OutcomeFact.Result.Applied, target.sequence());
        engine.fact(written, engine.now(), TRACE.withSpan("attempt"));

        assertEquals(List.of(Step.OBSERVE, Step.DECIDE, Step.WRITE), steps());
        Span observed = engine.spans.get(0);
        Span decided = engine.spans.get(1);
        Span write = engine.spans.get(2);
        assertAll(
                () -> assertEquals(TRACE, observed.place()),
                () -> assertEquals(0, observed.parent()),
                () -> assertEquals(20, observed.endMillis() - observed.startMillis()),
                () -> assertEquals("tidegate/collector/test", observed.source()),
                () -> assertEquals("lag", observed.attributes().get("tidegate.signal")),
                () -> assertEquals(TRACE.span(), decided.parent()),
                () -> assertEquals(target.traceparent(), decided.place().toString()),
                () -> assertEquals("10", decided.attributes().get("tidegate.desired")),
                () -> assertEquals(target.decisionId(), decided.attributes().get("tidegate.decision.id")),
                () -> assertEquals(decided.place().span(), write.parent()),
                () -> assertEquals(12, write.endMillis() - write.startMillis()),
                () -> assertTrue(!write.failed()));
    }

    @Test
    void aRefusedWriteHasFailed() {
        running();
        engine.fact(outcome(OutcomeFact.Result.Refused, 1), engine.now(), TRACE);
        assertEquals(
                List.of(true),
                engine.spans.stream()
                        .filter(span -> span.step() == Step.WRITE)
                        .map(Span::failed)
                        .toList());
    }

    @Test
    void givesNoSpanOfASampleThatNothingIsToldOn() {
        running();
        engine.fact(lag(95), engine.now(), TRACE);
        engine.spans.clear();
        engine.fact(lag(94), engine.now(), TraceParent.derived("quiet"));
        assertEquals(List.of(), engine.spans);
    }

    @Test
    void givesNoSpanOfATraceThatIsNotToBeRecorded() {
        running();
        engine.spans.clear();
        engine.fact(lag(95), engine.now(), new TraceParent(1, 2, 3, 0));
        assertEquals(List.of(), engine.spans);
    }

    @Test
    void anEngineThatDecidesForShowGivesNone() {
        EngineIdentity shadow = new EngineIdentity(Optional.of("green"), true);
        try (EngineDriver shown = EngineDriver.inMemory(new ScriptedDecisions(), shadow)) {
            running(shown);
            shown.fact(lag(95));
            shown.fact(outcome(OutcomeFact.Result.Applied, 1));
            assertEquals(List.of(), shown.spans);
        }
    }

    private List<Step> steps() {
        return engine.spans.stream().map(Span::step).toList();
    }

    private void running() {
        running(engine);
    }

    private static void running(EngineDriver driver) {
        driver.fact(policy("a"));
        driver.fact(replicas(0));
        driver.fact(lag(0));
        driver.raw();
        driver.advance(Duration.ofMillis(200));
    }

    private static TraceParent trace(Headers headers) {
        return Objects.requireNonNull(EventCodec.trace(headers));
    }
}
