package io.tidegate.autoscaler.act;

import static io.tidegate.autoscaler.testing.TargetBuilder.target;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.autoscaler.act.Actor.Levers;
import io.tidegate.autoscaler.act.DriverApi.Answer;
import io.tidegate.autoscaler.targets.DriverPath;
import io.tidegate.autoscaler.testing.InMemoryDrivers;
import io.tidegate.autoscaler.testing.InMemoryScale;
import io.tidegate.autoscaler.testing.InMemoryTemplates;
import io.tidegate.autoscaler.testing.TargetBuilder;
import io.tidegate.contracts.policy.Mode;
import io.tidegate.contracts.spark.DesiredExecutors;
import io.tidegate.contracts.wire.AnnotationCodec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is done for targets of Spark applications. */
class DriverActorTest {

    private static final DriverPath DRIVER = new DriverPath("sales", "nightly-driver", "uid-1");

    private final InMemoryDrivers drivers = new InMemoryDrivers().start(DRIVER);
    private final ActorStage stage = new ActorStage(new Levers(new InMemoryScale(), drivers, new InMemoryTemplates()));

    @BeforeEach
    void ownThePartitionForLong() {
        stage.ownThePartitionForLong();
    }

    @Test
    void tellsADriverThatWasToldNothingYet() {
        take(size(1, 2, 5));
        assertEquals(List.of("read", "d1-1 5..5"), drivers.calls());
        assertEquals(text(1, 5), drivers.annotation(DRIVER));
        assertEquals(List.of("Applied 1 2->5 #1"), deeds());
    }

    @Test
    void tellsADriverThatRunsTheRightNumberButWasToldNothing() {
        take(size(1, 5, 5));
        assertEquals(text(1, 5), drivers.annotation(DRIVER));
    }

    @Test
    void writesNothingForADriverThatWasToldTheSameBefore() {
        drivers.annotate(DRIVER, text(1, 5));
        take(size(2, 5, 5));
        assertEquals(List.of("read"), drivers.calls());
        assertEquals(List.of(), deeds());
        assertEquals(List.of("PENDING 2", "IN_PLACE 2"), stage.reports.notes());
        take(size(3, 4, 5));
        assertEquals(List.of("AlreadyThere 3 5->5 #0"), deeds());
    }

    @Test
    void aChangedFloorIsWritten() {
        drivers.annotate(DRIVER, text(1, 5));
        take(target().driver(DRIVER.pod(), DRIVER.uid(), 2).sequence(2).from(5).to(5));
        assertEquals(AnnotationCodec.text(new DesiredExecutors(2, "d2", 2, 5, false)), drivers.annotation(DRIVER));
    }

    @Test
    void neverWritesALowerSequenceAfterAHigherOne() {
        drivers.annotate(DRIVER, text(7, 9));
        take(size(6, 9, 5));
        assertEquals(text(7, 9), drivers.annotation(DRIVER));
        assertEquals(List.of("Expired 6 9->5 #0"), deeds());
        live(Duration.ofMinutes(10));
        assertEquals(List.of("read"), drivers.calls());
    }

    @Test
    void neverWritesALowerSequenceAfterAHigherOneThatCameInBetween() {
        drivers.duringNextWrite(() -> drivers.annotate(DRIVER, text(7, 9)));
        take(size(6, 2, 5));
        assertEquals(text(7, 9), drivers.annotation(DRIVER));
        assertEquals(List.of("read", "d6-1 5..5", "read"), drivers.calls());
        assertEquals(List.of("Expired 6 9->5 #1"), deeds());
    }

    @Test
    void leavesADriverAloneThatWasStartedAgain() {
        drivers.start(new DriverPath("sales", DRIVER.pod(), "uid-2"));
        take(size(1, 2, 5));
        assertEquals(List.of("read"), drivers.calls());
        assertEquals(List.of("Expired 1 2->5 #0"), deeds());
    }

    @Test
    void leavesADriverAloneThatIsStartedAgainDuringTheWrite() {
        DriverPath next = new DriverPath("sales", DRIVER.pod(), "uid-2");
        drivers.duringNextWrite(() -> drivers.start(next));
        take(size(1, 2, 5));
        assertEquals(null, drivers.annotation(next));
        assertEquals(List.of("Expired 1 2->5 #1"), deeds());
    }

    @Test
    void saysOnceThatADriverHasFinishedAndTriesNoMore() {
        drivers.finish(DRIVER);
        take(size(1, 2, 5));
        live(Duration.ofMinutes(30));
        assertEquals(List.of("read"), drivers.calls());
        assertEquals(List.of("Expired 1 2->5 #0"), deeds());
    }

    @Test
    void aNextRunIsNoForeignWrite() {
        take(size(1, 2, 5));
        DriverPath next = new DriverPath("sales", "nightly-2-driver", "uid-2");
        drivers.start(next);
        take(target().driver(next.pod(), next.uid(), 5).sequence(2).from(1).to(5));
        drivers.annotate(next, null);
        take(target().driver(next.pod(), next.uid(), 6).sequence(3).from(1).to(6));
        assertEquals(List.of("Applied 1 2->5 #1", "Applied 2 1->5 #1", "Applied 3 1->6 #1"), deeds());
    }

    @Test
    void standsBackFromAnotherWriterOfTheAnnotation() {
        take(size(1, 2, 5));
        drivers.annotate(DRIVER, text(1, 3));
        take(size(2, 3, 6));
        assertEquals(text(2, 6), drivers.annotation(DRIVER));
        drivers.annotate(DRIVER, text(2, 3));
        take(size(3, 3, 7));
        assertEquals(text(2, 3), drivers.annotation(DRIVER));
        assertEquals("Conflicted 3 3->7 #0", deeds().getLast());
        take(size(4, 3, 7).generation(2));
        assertEquals(text(4, 7), drivers.annotation(DRIVER));
    }

    @Test
    void driftAloneIsNotCorrected() {
        take(size(1, 2, 5));
        drivers.annotate(DRIVER, text(1, 3));
        live(Duration.ofMinutes(5));
        assertEquals(text(1, 3), drivers.annotation(DRIVER));
    }

    @Test
    void writesOverWhatMakesNoSense() {
        drivers.annotate(DRIVER, "{not json");
        take(size(1, 2, 5));
        assertEquals(text(1, 5), drivers.annotation(DRIVER));
    }

    @Test
    void findsThatAWriteWhoseAnswerWasLostHasHappened() {
        drivers.loseNextAnswer();
        take(size(1, 2, 5));
        live(Duration.ofSeconds(1));
        assertEquals(List.of("read", "d1-1 5..5", "read"), drivers.calls());
        assertEquals(List.of("Applied 1 2->5 #1"), deeds());
    }

    @Test
    void triesAgainMoreAndMoreSeldomWhenItIsRefused() {
        for (int i = 0; i < 3; i++) {
            drivers.trouble(new Answer.Refused(403, "forbidden"));
        }
        take(size(1, 2, 5));
        live(Duration.ofSeconds(21));
        assertEquals(List.of("Refused 1 2->5 #1", "Refused 1 2->5 #2", "Refused 1 2->5 #3"), deeds());
        live(Duration.ofSeconds(20));
        assertEquals("Applied 1 2->5 #4", deeds().getLast());
    }

    @Test
    void writesNothingForShadowedAndPausedPolicies() {
        take(size(1, 2, 5).mode(Mode.Shadow));
        take(size(2, 2, 5).mode(Mode.Paused));
        assertEquals(List.of(), drivers.calls());
        assertEquals(List.of("Shadowed 1 2->5 #0"), deeds());
    }

    @Test
    void aNewOwnerLowersACapOnlyAfterAWhile() {
        drivers.annotate(DRIVER, text(1, 9));
        stage.targets.revoked(List.of(ActorStage.PARTITION));
        stage.targets.assigned(ActorStage.PARTITION, 0, stage.clock.nanos());
        stage.heartbeat();
        take(size(2, 9, 5));
        assertEquals(text(1, 9), drivers.annotation(DRIVER));
        live(Duration.ofSeconds(9));
        assertEquals(text(2, 5), drivers.annotation(DRIVER));
    }

    @Test
    void theFallbackRaisesACapByASequenceThatTheDriverTakes() {
        take(size(100, 2, 3).fallback(Duration.ofSeconds(30), 6));
        stage.tick(Duration.ofSeconds(40));
        assertEquals(
                AnnotationCodec.text(new DesiredExecutors(101, "d100-fallback", 3, 6, false)),
                drivers.annotation(DRIVER));
        assertEquals(List.of("Applied 100 2->3 #1", "FellBack 100 3->6 #1"), deeds());
        live(Duration.ofSeconds(2));
        take(size(5_000, 6, 4));
        assertEquals(text(5_000, 4), drivers.annotation(DRIVER));
    }

    @Test
    void theFallbackLowersNoCapAndSetsNoneWhereThereIsNone() {
        drivers.annotate(DRIVER, text(1, 9));
        take(size(1, 9, 9).fallback(Duration.ofSeconds(30), 6));
        stage.tick(Duration.ofSeconds(40));
        assertEquals(text(1, 9), drivers.annotation(DRIVER));
        live(Duration.ofSeconds(2));
        drivers.annotate(DRIVER, null);
        stage.tick(Duration.ofSeconds(40));
        assertEquals(null, drivers.annotation(DRIVER));
        assertEquals(List.of(), deeds());
    }

    private static TargetBuilder size(long sequence, int from, int to) {
        return target().driver(DRIVER.pod(), DRIVER.uid(), to)
                .sequence(sequence)
                .from(from)
                .to(to);
    }

    private static String text(long sequence, int cap) {
        return AnnotationCodec.text(new DesiredExecutors(sequence, "d" + sequence, cap, cap, false));
    }

    private void take(TargetBuilder target) {
        stage.take(target.build());
    }

    private void live(Duration duration) {
        stage.live(duration);
    }

    private List<String> deeds() {
        return stage.reports.deeds();
    }
}
