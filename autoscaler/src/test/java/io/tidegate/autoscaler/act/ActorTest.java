package io.tidegate.autoscaler.act;

import static io.tidegate.autoscaler.testing.TargetBuilder.target;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.autoscaler.act.Actor.Levers;
import io.tidegate.autoscaler.act.ScaleApi.Answer;
import io.tidegate.autoscaler.targets.HeldTargets;
import io.tidegate.autoscaler.targets.ScalePath;
import io.tidegate.autoscaler.testing.InMemoryDrivers;
import io.tidegate.autoscaler.testing.InMemoryScale;
import io.tidegate.autoscaler.testing.InMemoryTemplates;
import io.tidegate.autoscaler.testing.ManualClock;
import io.tidegate.autoscaler.testing.RecordingReports;
import io.tidegate.autoscaler.testing.TargetBuilder;
import io.tidegate.contracts.policy.Mode;
import io.tidegate.contracts.target.TargetMessage;
import io.tidegate.contracts.target.TargetTombstone;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ActorTest {

    private static final int PARTITION = ActorStage.PARTITION;
    private static final ScalePath PATH = new ScalePath("apps/v1", "deployments", "sales", "orders");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final InMemoryScale scale = new InMemoryScale().set(PATH, 2);
    private final ActorStage stage = new ActorStage(new Levers(scale, new InMemoryDrivers(), new InMemoryTemplates()));
    private final ManualClock clock = stage.clock;
    private final RecordingReports reports = stage.reports;
    private final HeldTargets targets = stage.targets;
    private final Actor actor = stage.actor;

    @BeforeEach
    void ownThePartitionForLong() {
        stage.ownThePartitionForLong();
    }

    @Test
    void writesATargetThatDiffersWithoutReadingFirst() {
        take(target().from(2).to(5));
        assertEquals(List.of("d1-1 2->5"), scale.calls());
        assertEquals(List.of("Applied 1 2->5 #1"), reports.deeds());
        assertEquals(List.of("PENDING 1"), reports.notes());
    }

    @Test
    void readsFirstWhereTheDecisionKnewNoSize() {
        take(target().from(null).to(5));
        assertEquals(List.of("read", "d1-1 2->5"), scale.calls());
        assertEquals(List.of("Applied 1 2->5 #1"), reports.deeds());
    }

    @Test
    void writesNothingForASizeThatIsThere() {
        take(target().from(5).to(5));
        assertEquals(List.of(), scale.calls());
        assertEquals(List.of(), reports.deeds());
        assertEquals(List.of("IN_PLACE 1"), reports.notes());
    }

    @Test
    void writesNothingForAPausedPolicy() {
        take(target().mode(Mode.Paused));
        assertEquals(List.of(), scale.calls());
        assertEquals(List.of("PAUSED 1"), reports.notes());
    }

    @Test
    void tellsWhatAShadowedPolicyWouldDo() {
        take(target().mode(Mode.Shadow));
        assertEquals(List.of(), scale.calls());
        assertEquals(List.of("Shadowed 1 2->5 #0"), reports.deeds());
    }

    @Test
    void writesNothingForAPolicyThatDoesNotRule() {
        take(target().notRuling());
        assertEquals(List.of(), scale.calls());
        assertEquals(List.of("NO_SIZE 1"), reports.notes());
    }

    @Test
    void findsThatTheSizeIsThereAlready() {
        scale.set(PATH, 5);
        take(target().from(2).to(5));
        assertEquals(List.of("d1-1 2->5", "read"), scale.calls());
        assertEquals(List.of("AlreadyThere 1 5->5 #1"), reports.deeds());
    }

    @Test
    void startsOverWithTheSizeThatItReads() {
        scale.set(PATH, 3);
        take(target().from(2).to(5));
        assertEquals(List.of("d1-1 2->5", "read", "d1-2 3->5"), scale.calls());
        assertEquals(List.of("Applied 1 3->5 #2"), reports.deeds());
    }

    @Test
    void takesItsOwnLastWriteForTheSizeADecisionHadNotSeenYet() {
        take(target().from(2).to(5));
        take(target().sequence(2).from(2).to(8));
        assertEquals(List.of("d1-1 2->5", "d2-1 5->8"), scale.calls());
        assertEquals(List.of("Applied 1 2->5 #1", "Applied 2 5->8 #1"), reports.deeds());
    }

    @Test
    void ignoresASequenceThatIsNotNewer() {
        take(target().sequence(7).from(2).to(5));
        take(target().sequence(7).from(2).to(5));
        take(target().sequence(6).from(2).to(9));
        assertEquals(List.of("d7-1 2->5"), scale.calls());
    }

    @Test
    void letsTheNewestTargetTakeThePlaceOfOneThatIsBeingWritten() {
        scale.duringNextWrite(() -> {
            take(target().sequence(2).from(2).to(6));
            take(target().sequence(3).from(2).to(7));
        });
        take(target().sequence(1).from(2).to(5));
        assertEquals(List.of("d1-1 2->5", "d3-1 5->7"), scale.calls());
        assertEquals(List.of("Applied 1 2->5 #1", "Applied 3 5->7 #1"), reports.deeds());
    }

    @Test
    void stopsWhenATombstoneComesWhileItWaits() {
        scale.trouble(new Answer.Unclear("no answer"));
        take(target());
        take(new TargetTombstone("test/sales/Deployment/orders"));
        live(Duration.ofSeconds(10));
        assertEquals(List.of("d1-1 2->5"), scale.calls());
        assertEquals(2, scale.size(PATH));
        assertEquals(List.of("PENDING 1", "forgotten test/sales/Deployment/orders"), reports.notes());
    }

    @Test
    void readsAgainBeforeItRetriesAfterALostAnswer() {
        scale.loseNextAnswer();
        take(target());
        live(SECOND);
        assertEquals(List.of("d1-1 2->5", "read"), scale.calls());
        assertEquals(List.of("Applied 1 2->5 #1"), reports.deeds());
    }

    @Test
    void writesAgainWhereALostAnswerWasALostWrite() {
        scale.trouble(new Answer.Unclear("no answer"));
        take(target());
        live(SECOND);
        assertEquals(List.of("d1-1 2->5", "read", "d1-2 2->5"), scale.calls());
        assertEquals(List.of("Applied 1 2->5 #2"), reports.deeds());
    }

    @Test
    void triesAtOnceWhatWasPutOffWhenTheApiServerAnswersAgain() {
        scale.away(true);
        take(target());
        live(Duration.ofSeconds(60));
        scale.away(false);
        live(Duration.ofSeconds(20));
        assertEquals(2, scale.size(PATH), "the pause is not as long as it was");
        actor.answersAgain();
        live(SECOND);
        assertEquals(5, scale.size(PATH));
        int calls = scale.calls().size();
        actor.answersAgain();
        live(Duration.ofMinutes(2));
        assertEquals(calls, scale.calls().size());
    }

    @Test
    void backsOffFromARefusalWithTheServersWords() {
        scale.trouble(new Answer.Refused(403, "exceeded quota"));
        take(target());
        live(Duration.ofSeconds(4));
        assertEquals(List.of("Refused 1 2->5 #1"), reports.deeds());
        live(Duration.ofSeconds(2));
        assertEquals(List.of("d1-1 2->5", "read", "d1-2 2->5"), scale.calls());
        assertEquals(List.of("Refused 1 2->5 #1", "Applied 1 2->5 #2"), reports.deeds());
    }

    @Test
    void takesATestThatFailsAgainstTheSizeItNamesForARefusal() {
        for (int i = 0; i < 2; i++) {
            scale.trouble(new Answer.Disagreed("denied"));
        }
        take(target());
        assertEquals(List.of("d1-1 2->5", "read", "d1-2 2->5", "read"), scale.calls());
        assertEquals(List.of("Refused 1 2->5 #2"), reports.deeds());
    }

    @Test
    void doesNotWriteUntilAHeartbeatHasComeSinceAssignment() {
        targets.revoked(List.of(PARTITION));
        targets.assigned(PARTITION, 0, clock.nanos());
        take(target());
        assertEquals(List.of(), scale.calls());
        live(SECOND);
        assertEquals(List.of("d1-1 2->5"), scale.calls());
    }

    @Test
    void aNewOwnerGrowsAtOnceAndShrinksOnlyAfterTheSessionTimeoutAndAMargin() {
        targets.revoked(List.of(PARTITION));
        targets.assigned(PARTITION, 0, clock.nanos());
        heartbeat();
        take(target().from(2).to(5));
        assertEquals(List.of("Applied 1 2->5 #1"), reports.deeds());
        take(target().sequence(2).from(5).to(1));
        live(Duration.ofMillis(7900));
        assertEquals(List.of("Applied 1 2->5 #1"), reports.deeds());
        live(Duration.ofMillis(200));
        assertEquals(List.of("Applied 1 2->5 #1", "Applied 2 5->1 #1"), reports.deeds());
    }

    @Test
    void actsOnlyOnTheNewestTargetOfWhatWasThereAtAssignment() {
        targets.revoked(List.of(PARTITION));
        stage.readFromTheStart();
        targets.assigned(PARTITION, 3, clock.nanos());
        take(target().sequence(1).from(2).to(9));
        take(target().sequence(2).from(2).to(4));
        heartbeat();
        assertEquals(List.of(), scale.calls());
        heartbeat();
        live(SECOND);
        assertEquals(List.of("d2-1 2->4"), scale.calls());
    }

    @Test
    void writesNothingForPartitionsThatAreGone() {
        scale.trouble(new Answer.Unclear("no answer"));
        take(target());
        actor.revoked(targets.revoked(List.of(PARTITION)));
        clock.advance(Duration.ofMinutes(1));
        assertEquals(List.of("d1-1 2->5"), scale.calls());
    }

    @Test
    void writesNothingWhileTheStreamIsSilentAndSaysSoOnce() {
        scale.trouble(new Answer.Refused(403, "exceeded quota"));
        take(target());
        tick(Duration.ofSeconds(30));
        assertEquals(List.of("Refused 1 2->5 #1", "Expired 1 2->5 #1"), reports.deeds());
        live(SECOND);
        assertEquals(List.of("Refused 1 2->5 #1", "Expired 1 2->5 #1", "Applied 1 2->5 #2"), reports.deeds());
    }

    @Test
    void waitsWhenNothingHasComeFromTheBrokerForHalfTheSessionTimeout() {
        scale.trouble(new Answer.Unclear("no answer"));
        scale.trouble(new Answer.Unclear("no answer"));
        scale.trouble(new Answer.Unclear("no answer"));
        scale.trouble(new Answer.Unclear("no answer"));
        take(target());
        tick(Duration.ofSeconds(3));
        int calls = scale.calls().size();
        tick(Duration.ofSeconds(6));
        assertEquals(calls, scale.calls().size());
        live(SECOND);
        assertEquals(5, scale.size(PATH));
    }

    @Test
    void waitsForTheSessionTimeoutAfterTheProcessStoodStill() {
        clock.stall(Duration.ofSeconds(4));
        heartbeat();
        take(target());
        assertEquals(List.of(), scale.calls());
        live(Duration.ofSeconds(5));
        assertEquals(List.of(), scale.calls());
        live(Duration.ofSeconds(2));
        assertEquals(List.of("d1-1 2->5"), scale.calls());
    }

    @Test
    void standsBackWhenSomebodyElseWritesTheSizeTwice() {
        conflict();
        assertEquals(3, scale.size(PATH));
        assertEquals(List.of("Applied 1 2->5 #1", "Applied 2 3->6 #1", "Conflicted 3 3->7 #1"), reports.deeds());
    }

    private void conflict() {
        take(target().from(2).to(5));
        scale.set(PATH, 3);
        take(target().sequence(2).from(3).to(6));
        scale.set(PATH, 3);
        take(target().sequence(3).from(3).to(7));
        assertEquals(3, scale.size(PATH));
        assertEquals(List.of("Applied 1 2->5 #1", "Applied 2 3->6 #1", "Conflicted 3 3->7 #1"), reports.deeds());
    }

    @Test
    void actsAgainWhenTheConflictIsOverOrThePolicyChanges() {
        conflict();
        live(SECOND);
        take(target().sequence(4).generation(2).from(3).to(7));
        assertEquals(7, scale.size(PATH));
    }

    @Test
    void actsAgainAfterStandingBackForSomeTime() {
        conflict();
        live(Duration.ofMinutes(11));
        assertEquals(7, scale.size(PATH));
    }

    @Test
    void oneManualChangeIsNoConflict() {
        take(target().from(2).to(5));
        scale.set(PATH, 1);
        take(target().sequence(2).from(1).to(5));
        assertEquals(5, scale.size(PATH));
        live(Duration.ofSeconds(70));
        take(target().sequence(3).from(5).to(4));
        scale.set(PATH, 1);
        take(target().sequence(4).from(1).to(4));
        assertEquals(4, scale.size(PATH));
    }

    @Test
    void keepsToTheLimitOfANamespace() {
        for (int i = 1; i <= 5; i++) {
            ScalePath path = new ScalePath("apps/v1", "deployments", "sales", "w" + i);
            scale.set(path, 1);
            take(target().workload("sales", "w" + i).from(1).to(2));
        }
        assertEquals(3, reports.deeds().size());
        live(Duration.ofMillis(500));
        assertEquals(4, reports.deeds().size());
        live(Duration.ofMillis(500));
        assertEquals(5, reports.deeds().size());
    }

    @Test
    void appliesTheFallbackWhenTheStreamIsSilentForLongEnough() {
        take(target().from(2).to(2).fallback(Duration.ofSeconds(30), 6));
        tick(Duration.ofSeconds(29));
        assertEquals(List.of(), scale.calls());
        tick(Duration.ofSeconds(3));
        assertEquals(List.of("read", "d1-fallback-1 2->6"), scale.calls());
        assertEquals(List.of("FellBack 1 2->6 #1"), reports.deeds());
        tick(Duration.ofMinutes(5));
        assertEquals(6, scale.size(PATH));
        assertEquals(1, reports.deeds().size());
    }

    @Test
    void theFallbackNeverMakesAWorkloadSmaller() {
        scale.set(PATH, 9);
        take(target().from(9).to(9).fallback(Duration.ofSeconds(30), 6));
        tick(Duration.ofSeconds(40));
        assertEquals(9, scale.size(PATH));
        assertEquals(List.of(), reports.deeds());
        assertEquals(List.of("IN_PLACE 1", "fallback true"), reports.notes());
    }

    @Test
    void goesOnByItselfWhenTheStreamIsBack() {
        take(target().from(2).to(2).fallback(Duration.ofSeconds(30), 6));
        tick(Duration.ofSeconds(32));
        live(SECOND.multipliedBy(2));
        take(target().sequence(2).from(6).to(3));
        assertEquals(3, scale.size(PATH));
        assertEquals(List.of("IN_PLACE 1", "fallback true", "fallback false", "PENDING 2"), reports.notes());
    }

    @Test
    void retriesAFallbackThatDidNotWork() {
        scale.trouble(new Answer.Unclear("no answer"));
        take(target().from(2).to(2).fallback(Duration.ofSeconds(30), 6));
        tick(Duration.ofSeconds(40));
        assertEquals(List.of("read", "d1-fallback-1 2->6", "read", "d1-fallback-2 2->6"), scale.calls());
        assertEquals(List.of("FellBack 1 2->6 #2"), reports.deeds());
    }

    @Test
    void shadowedAndPausedPoliciesHaveNoFallback() {
        take(target().mode(Mode.Shadow).from(2).to(2).fallback(Duration.ofSeconds(30), 6));
        tick(Duration.ofSeconds(40));
        assertEquals(List.of(), scale.calls());
    }

    private void take(TargetBuilder target) {
        stage.take(target.build());
    }

    private void take(TargetMessage message) {
        stage.take(message);
    }

    private void heartbeat() {
        stage.heartbeat();
    }

    private void live(Duration duration) {
        stage.live(duration);
    }

    private void tick(Duration duration) {
        stage.tick(duration);
    }
}
