package io.tidegate.policyengine.topology;

import static io.tidegate.policyengine.topology.Facts.ORDERS;
import static io.tidegate.policyengine.topology.Facts.lag;
import static io.tidegate.policyengine.topology.Facts.missing;
import static io.tidegate.policyengine.topology.Facts.policy;
import static io.tidegate.policyengine.topology.Facts.policyId;
import static io.tidegate.policyengine.topology.Facts.replicas;
import static io.tidegate.policyengine.topology.Facts.tick;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.contracts.decision.DecisionRecord;
import io.tidegate.contracts.fact.OutcomeFact;
import io.tidegate.contracts.fact.PolicyTombstone;
import io.tidegate.contracts.fact.WorkloadTombstone;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.Mode;
import io.tidegate.contracts.target.Heartbeat;
import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.target.TargetMessage;
import io.tidegate.contracts.target.TargetTombstone;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTopologyTest {

    private static final Target.Condition ABLE =
            new Target.Condition("Able", "True", "Able", "the target can be scaled");

    private final ScriptedDecisions decide = new ScriptedDecisions();

    @TempDir
    Path stateDir;

    private EngineDriver engine;

    @BeforeEach
    void start() {
        engine = EngineDriver.onDisk(stateDir, decide);
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void decidesOnTheArrivingSample() {
        running(0);
        engine.advance(Duration.ofMillis(200));
        engine.fact(lag(95));

        DecisionRecord decision = engine.decisions().getFirst();
        Target target = engine.onlyTarget();
        long sequence = engine.now().toEpochMilli();
        assertTrue(decision.id().matches("[0-9a-f]{8}-" + sequence), decision.id());
        assertEquals(DecisionRecord.Action.ScaleUp, decision.action());
        assertEquals("Waking", decision.reason());
        assertEquals(engine.now(), decision.at());
        assertEquals(3, decision.factOffset());
        assertEquals(
                new Target(
                        ORDERS,
                        policyId("a"),
                        "uid-a",
                        1,
                        Mode.Enforce,
                        decision.id(),
                        sequence,
                        Facts.SCALE,
                        0,
                        10,
                        "Waking",
                        decision.sentence(),
                        null,
                        engine.now(),
                        null,
                        null,
                        null,
                        List.of(ABLE),
                        null,
                        true,
                        null,
                        null,
                        null,
                        target.specHash(),
                        decision.traceparent()),
                target);
        assertTrue(String.valueOf(target.specHash()).matches("[0-9a-f]{16}"), target.specHash());
    }

    @Test
    void tellsNothingWhenOnlyNumbersChange() {
        running(10);
        engine.fact(lag(95));
        engine.raw();
        engine.fact(lag(94));
        engine.fact(lag(93));
        engine.fact(replicas(10));
        assertEquals(List.of(), engine.raw());
    }

    @Test
    void tellsAHoldWhenItsReasonChanges() {
        running(0);
        engine.fact(replicas(1));
        engine.raw();
        engine.fact(lag(5));
        assertEquals("RightSize", engine.decisions().getFirst().reason());
    }

    @Test
    void givesRisingSequencesWithinOneMillisecond() {
        running(0);
        engine.fact(lag(10));
        engine.fact(lag(20));
        List<DecisionRecord> decisions = engine.decisions();
        assertEquals(decisions.get(0).sequence() + 1, decisions.get(1).sequence());
    }

    @Test
    void tellsTheNewModeOfAPolicy() {
        running(0);
        engine.fact(policy("a", ORDERS, 2, Facts.CREATED, Mode.Shadow));
        Target target = engine.onlyTarget();
        assertEquals(Mode.Shadow, target.mode());
        assertEquals(2, target.generation());
    }

    @Test
    void letsTheOlderOfTwoPoliciesRule() {
        running(0);
        engine.fact(policy("b", ORDERS, 1, Facts.CREATED.minusSeconds(1), Mode.Shadow));
        List<TargetMessage> told = engine.targets();
        Target ruling = (Target) told.get(0);
        Target loser = (Target) told.get(1);
        assertEquals(policyId("b"), ruling.policy());
        assertTrue(ruling.ruling());
        assertEquals("eu/sales/ScalingPolicy/a", loser.key());
        assertEquals("Conflicted", loser.reason());
        assertEquals(
                "Policy b rules Deployment orders and is older (created 2025-12-31T23:59:59Z); this one does nothing until"
                        + " that one is gone or names another target.",
                loser.sentence());
        assertEquals(2, told.size());
    }

    @Test
    void letsTheNextPolicyRuleWhenTheFirstIsGone() {
        running(0);
        engine.fact(policy("b"));
        engine.raw();
        engine.fact(new PolicyTombstone(policyId("a")));
        List<TargetMessage> told = engine.targets();
        assertEquals(policyId("b"), ((Target) told.get(0)).policy());
        assertEquals(new TargetTombstone("eu/sales/ScalingPolicy/b"), told.get(1));
        assertEquals(2, told.size());
    }

    @Test
    void tombstonesTheTargetOfARemovedPolicy() {
        running(0);
        engine.fact(new PolicyTombstone(policyId("a")));
        assertEquals(List.of(new TargetTombstone(ORDERS.toString())), engine.targets());
    }

    @Test
    void tombstonesWhatItDoesNotKnow() {
        engine.fact(new PolicyTombstone(policyId("a")));
        engine.fact(new WorkloadTombstone(ORDERS));
        assertEquals(
                List.of(new TargetTombstone("eu/sales/ScalingPolicy/a"), new TargetTombstone(ORDERS.toString())),
                engine.targets());
    }

    @Test
    void movesAPolicyToItsNewTarget() {
        WorkloadId clicks = new WorkloadId("eu", "sales", "Deployment", "clicks");
        running(0);
        engine.fact(replicas(clicks, 3));
        engine.raw();
        engine.fact(policy("a", clicks, 2, Facts.CREATED, Mode.Enforce));
        List<TargetMessage> told = engine.targets();
        assertEquals(new TargetTombstone(ORDERS.toString()), told.get(0));
        assertEquals(clicks, ((Target) told.get(1)).workload());
        assertEquals(2, told.size());
    }

    @Test
    void tellsThePolicyWhenItsTargetIsMissing() {
        running(3);
        engine.fact(missing());
        List<TargetMessage> told = engine.targets();
        Target target = (Target) told.get(0);
        assertEquals("eu/sales/ScalingPolicy/a", target.key());
        assertEquals("TargetMissing", target.reason());
        assertEquals(null, target.replicas());
        assertEquals(new TargetTombstone(ORDERS.toString()), told.get(1));
        engine.fact(replicas(3));
        assertEquals(
                List.of(ORDERS.toString(), "eu/sales/ScalingPolicy/a"),
                engine.targets().stream().map(TargetMessage::key).toList());
    }

    @Test
    void tellsARefusalOnceAndTakesItBack() {
        running(0);
        engine.fact(Facts.outcome(OutcomeFact.Result.Refused, 1));
        Target refused = engine.onlyTarget();
        assertEquals(
                List.of(ABLE, new Target.Condition("Applied", "False", "Refused", "the server's words")),
                refused.conditions());
        engine.fact(Facts.outcome(OutcomeFact.Result.Refused, refused.sequence()));
        assertEquals(List.of(), engine.raw());
        engine.fact(Facts.outcome(OutcomeFact.Result.AlreadyThere, refused.sequence()));
        assertEquals(List.of(ABLE), engine.onlyTarget().conditions());
    }

    @Test
    void refusesASampleFromTheFutureAndSaysSo() {
        running(0);
        engine.fact(lag(95), engine.now().plusSeconds(12));
        Target target = engine.onlyTarget();
        assertEquals(0, target.replicas());
        assertEquals(
                List.of(
                        ABLE,
                        new Target.Condition(
                                "SamplesTaken",
                                "False",
                                "SampleFromFuture",
                                "The last sample of signal lag was not taken: it is dated 12 s after its arrival; check the clock"
                                        + " of the collector's node.")),
                target.conditions());
        assertEquals(1, engine.count("tidegate.facts.refused", "reason", "from_future"));
        engine.fact(lag(95), engine.now().plusSeconds(4));
        assertEquals(10, engine.onlyTarget().replicas());
    }

    @Test
    void holdsWhenTheDecisionFails() {
        running(0);
        decide.broken = true;
        engine.fact(lag(95));
        Target target = engine.onlyTarget();
        assertEquals("DecisionFailed", target.reason());
        assertEquals(null, target.replicas());
        decide.broken = false;
        engine.fact(lag(95));
        assertEquals(10, engine.onlyTarget().replicas());
    }

    @Test
    void answersATickWithAHeartbeatOfThePartition() {
        engine.fact(tick());
        engine.advance(Duration.ofSeconds(1));
        engine.fact(tick());
        assertEquals(
                List.of(new Heartbeat(0, EngineDriver.START), new Heartbeat(0, EngineDriver.START.plusSeconds(1))),
                engine.targetMessages());
    }

    @Test
    void decidesOnlyWhatIsDueOnATick() {
        running(0);
        decide.rest = Duration.ofSeconds(2);
        for (int i = 0; i < 50; i++) {
            WorkloadId other = new WorkloadId("eu", "sales", "Deployment", "other-" + i);
            engine.fact(policy("p" + i, other, 1, Facts.CREATED, Mode.Enforce));
        }
        decide.rest = Duration.ofHours(1);
        decide.calls = 0;
        engine.advance(Duration.ofSeconds(1));
        engine.fact(tick());
        assertEquals(0, decide.calls);
        engine.advance(Duration.ofSeconds(1));
        engine.fact(tick());
        assertEquals(50, decide.calls);
        engine.advance(Duration.ofSeconds(1));
        engine.fact(tick());
        assertEquals(50, decide.calls);
    }

    @Test
    void forgetsAWorkloadWithoutPolicies() {
        running(0);
        engine.fact(new PolicyTombstone(policyId("a")));
        assertTrue(engine.state().size() > 1);
        engine.advance(Duration.ofMinutes(11));
        engine.fact(tick());
        assertEquals(List.of(), List.copyOf(engine.state().keySet()));
    }

    private void running(int replicas) {
        engine.fact(policy("a"));
        engine.fact(replicas(replicas));
        engine.fact(lag(replicas * 10L));
        engine.raw();
    }
}
