package io.tidegate.policyengine.topology;

import static io.tidegate.policyengine.topology.Facts.lag;
import static io.tidegate.policyengine.topology.Facts.policy;
import static io.tidegate.policyengine.topology.Facts.policyId;
import static io.tidegate.policyengine.topology.Facts.replicas;
import static io.tidegate.policyengine.topology.Facts.tick;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.contracts.decision.DecisionRecord;
import io.tidegate.contracts.fact.PolicyTombstone;
import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.target.TargetMessage;
import io.tidegate.policyengine.state.Emitted;
import io.tidegate.policyengine.state.Emitted.KeptTarget;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RestartTest {

    private static final Consumer<EngineDriver> LOG = engine -> {
        engine.fact(policy("a"));
        engine.fact(replicas(0));
        engine.fact(lag(0));
        engine.advance(Duration.ofMillis(500));
        engine.fact(lag(95));
        engine.fact(policy("b"));
        engine.fact(tick());
        engine.fact(replicas(10));
        engine.advance(Duration.ofMillis(500));
        engine.fact(lag(5));
    };

    @Test
    void decidesTheSameFromTheSameLogByteForByte() {
        assertEquals(told(LOG), told(LOG));
    }

    @Test
    void tellsTheSameAgainWhenTheLogIsReadAgain() {
        SortedMap<String, byte[]> state;
        List<String> decisions;
        Target lastTarget;
        try (EngineDriver killed = engine()) {
            LOG.accept(killed);
            state = killed.state();
            decisions = decisions(killed);
            lastTarget = last(killed);
        }
        try (EngineDriver again = engine()) {
            again.restore(state);
            LOG.accept(again);
            assertEquals(decisions, decisions(again));
            assertEquals(lastTarget, last(again));
            assertEquals(text(state), text(again.state()));
        }
    }

    @Test
    void tellsATombstoneAgain() {
        Consumer<EngineDriver> log = LOG.andThen(engine -> {
            engine.fact(new PolicyTombstone(policyId("a")));
            engine.fact(new PolicyTombstone(policyId("b")));
        });
        SortedMap<String, byte[]> state;
        try (EngineDriver killed = engine()) {
            log.accept(killed);
            state = killed.state();
        }
        try (EngineDriver again = engine()) {
            again.restore(state);
            log.accept(again);
            List<TargetMessage> told = again.targets();
            assertEquals("TargetTombstone", told.getLast().getClass().getSimpleName());
            assertTrue(told.stream().noneMatch(Target.class::isInstance), told.toString());
        }
    }

    @Test
    void appliesWhatTheStateHasNotSeenYet() {
        List<String> whole;
        SortedMap<String, byte[]> state;
        try (EngineDriver engine = engine()) {
            LOG.andThen(e -> e.fact(lag(400))).accept(engine);
            whole = engine.raw();
        }
        try (EngineDriver killed = engine()) {
            LOG.accept(killed);
            state = killed.state();
        }
        try (EngineDriver again = engine()) {
            again.restore(state);
            LOG.accept(again);
            again.raw();
            again.fact(lag(400));
            List<String> rest = again.raw();
            assertEquals(2, rest.size());
            assertTrue(whole.containsAll(rest), rest.toString());
        }
    }

    @Test
    void risesInSequenceAfterStateIsLost() {
        long before;
        try (EngineDriver lost = engine()) {
            LOG.accept(lost);
            before = last(lost).sequence();
        }
        try (EngineDriver fresh = engine()) {
            fresh.advance(Duration.ofSeconds(2));
            LOG.accept(fresh);
            assertTrue(fresh.decisions().getFirst().sequence() > before);
        }
    }

    @Test
    void keepsTheLastDecisionsOnly() {
        try (EngineDriver engine = engine()) {
            engine.fact(policy("a"));
            engine.fact(replicas(0));
            for (int i = 1; i <= 40; i++) {
                engine.advance(Duration.ofSeconds(1));
                engine.fact(lag(i * 10L));
            }
            long kept = engine.state().keySet().stream()
                    .filter(key -> key.startsWith("d/"))
                    .count();
            assertEquals(Emitted.KEPT_DECISIONS, kept);
        }
    }

    @Test
    void tellsAllDecisionsButOnlyLastTargetsWhenCatchingUp() {
        List<DecisionRecord> live;
        try (EngineDriver engine = engine()) {
            LOG.accept(engine);
            live = engine.decisions();
        }
        try (EngineDriver engine = engine()) {
            Instant wall = EngineDriver.START.plusSeconds(60);
            engine.wallClock(wall);
            LOG.accept(engine);
            engine.fact(tick());
            List<DecisionRecord> decisions = engine.decisions();
            assertEquals(live, decisions);
            assertEquals(List.of(), engine.targetMessages());

            engine.advance(Duration.ofSeconds(50));
            engine.fact(tick());
            assertEquals(List.of(), engine.decisions());
            List<TargetMessage> told = engine.targetMessages();
            assertEquals(
                    List.of(
                            "eu/sales/ScalingPolicy/a",
                            "eu/sales/ScalingPolicy/b",
                            "eu/sales/Deployment/orders",
                            "heartbeat/0"),
                    told.stream().map(TargetMessage::key).toList());
            assertEquals(decisions.getLast().id(), ((Target) told.get(2)).decisionId());
            engine.advance(Duration.ofSeconds(1));
            engine.fact(tick());
            assertEquals(1, engine.raw().size());
        }
    }

    @Test
    void tellsWhatWasNotToldBeforeACrashWhileCatchingUp() {
        SortedMap<String, byte[]> state;
        try (EngineDriver killed = engine()) {
            killed.wallClock(EngineDriver.START.plusSeconds(60));
            LOG.accept(killed);
            state = killed.state();
        }
        try (EngineDriver again = engine()) {
            again.restore(state);
            again.advance(Duration.ofSeconds(58));
            again.fact(tick());
            assertEquals(
                    List.of("eu/sales/ScalingPolicy/a", "eu/sales/ScalingPolicy/b", "eu/sales/Deployment/orders"),
                    again.targets().stream().map(TargetMessage::key).toList());
        }
    }

    @Test
    void forgetsAWorkloadAtTheSameTimeWhetherItCatchesUpOrNot() {
        Consumer<EngineDriver> log = LOG.andThen(engine -> {
            engine.fact(new PolicyTombstone(policyId("a")));
            engine.fact(new PolicyTombstone(policyId("b")));
            engine.advance(Duration.ofMinutes(11));
            engine.fact(tick());
        });
        try (EngineDriver live = engine();
                EngineDriver behind = engine()) {
            behind.wallClock(EngineDriver.START.plus(Duration.ofHours(1)));
            log.accept(live);
            log.accept(behind);
            assertEquals(live.state().keySet(), behind.state().keySet());
            assertEquals(live.targets().getLast(), behind.targets().getLast());
        }
    }

    @Test
    void tellsAllThatItsVariantHasToldForShowOnly() {
        SortedMap<String, byte[]> state;
        try (EngineDriver shadow = variant(true)) {
            LOG.accept(shadow);
            shadow.fact(tick());
            assertFalse(shadow.targets().isEmpty());
            assertTrue(
                    shadow.workload(Facts.ORDERS).emitted().targets().stream().allMatch(KeptTarget::untold));
            state = shadow.state();
        }
        try (EngineDriver ruling = variant(false)) {
            ruling.restore(state);
            LOG.accept(ruling);
            assertEquals(
                    List.of("eu/sales/ScalingPolicy/a", "eu/sales/ScalingPolicy/b", "eu/sales/Deployment/orders"),
                    ruling.targets().stream().map(TargetMessage::key).toList());
            assertTrue(
                    ruling.workload(Facts.ORDERS).emitted().targets().stream().noneMatch(KeptTarget::untold));
        }
    }

    private static EngineDriver variant(boolean shadow) {
        return EngineDriver.inMemory(new ScriptedDecisions(), new EngineIdentity(Optional.of("green"), shadow));
    }

    @Test
    void keepsItsTimeWhenAppendTimesGoBack() {
        try (EngineDriver engine = engine()) {
            LOG.accept(engine);
            Instant before = engine.now();
            engine.raw();
            engine.advance(Duration.ofSeconds(-3));
            engine.fact(lag(200), before);
            assertEquals(before, engine.decisions().getFirst().at());
        }
    }

    private List<String> told(Consumer<EngineDriver> log) {
        try (EngineDriver engine = engine()) {
            log.accept(engine);
            return engine.raw();
        }
    }

    private EngineDriver engine() {
        return EngineDriver.inMemory(new ScriptedDecisions());
    }

    private static List<String> decisions(EngineDriver engine) {
        return engine.decisions().stream().map(DecisionRecord::toString).toList();
    }

    private static Target last(EngineDriver engine) {
        return engine.targets().stream()
                .filter(Target.class::isInstance)
                .map(Target.class::cast)
                .filter(Target::ruling)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private static List<String> text(SortedMap<String, byte[]> state) {
        return state.entrySet().stream()
                .map(entry -> entry.getKey() + " " + new String(entry.getValue(), StandardCharsets.UTF_8))
                .toList();
    }
}
