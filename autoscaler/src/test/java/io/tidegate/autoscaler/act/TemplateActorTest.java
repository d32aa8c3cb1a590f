package io.tidegate.autoscaler.act;

import static io.tidegate.autoscaler.testing.TargetBuilder.target;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.autoscaler.act.Actor.Levers;
import io.tidegate.autoscaler.act.TemplateApi.Answer;
import io.tidegate.autoscaler.targets.ObjectPath;
import io.tidegate.autoscaler.targets.TemplatePath;
import io.tidegate.autoscaler.testing.InMemoryDrivers;
import io.tidegate.autoscaler.testing.InMemoryScale;
import io.tidegate.autoscaler.testing.InMemoryTemplates;
import io.tidegate.autoscaler.testing.TargetBuilder;
import io.tidegate.contracts.policy.Mode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is done for targets that say what the next run begins with. */
class TemplateActorTest {

    private static final ObjectPath OBJECT =
            new ObjectPath("sparkoperator.k8s.io/v1beta2", "scheduledsparkapplications", "sales", "orders");
    private static final TemplatePath TEMPLATE = new TemplatePath(OBJECT, "uid-1", false, 2, 80);
    private static final TemplatePath DYNAMIC = new TemplatePath(OBJECT, "uid-1", true, 2, 80);

    private final InMemoryTemplates templates = new InMemoryTemplates();
    private final ActorStage stage = new ActorStage(new Levers(new InMemoryScale(), new InMemoryDrivers(), templates));

    @BeforeEach
    void ownThePartitionForLong() {
        stage.ownThePartitionForLong();
        says(40);
    }

    @Test
    void writesWhatTheNextRunBeginsWith() {
        take(size(1, 40, 12));
        assertEquals(List.of("read", "d1-1 12"), templates.calls());
        assertEquals(new RunSize(12, null, null), templates.size(TEMPLATE));
        assertEquals(List.of("Applied 1 40->12 #1"), deeds());
    }

    @Test
    void writesTheBoundsOfDynamicAllocationToo() {
        templates.put(DYNAMIC, new RunSize(12, null, 500), true);
        take(of(DYNAMIC, true).sequence(1).from(12).to(12));
        assertEquals(new RunSize(12, 2, 80), templates.size(DYNAMIC));
        take(of(DYNAMIC, true).sequence(2).from(12).to(12));
        assertEquals(List.of("read", "d1-1 12", "read"), templates.calls());
        assertEquals(List.of("PENDING 1", "PENDING 2", "IN_PLACE 2"), stage.reports.notes());
    }

    @Test
    void onlyRecommendsUnlessThePolicySaysNextRun() {
        take(of(TEMPLATE, false).sequence(1).from(40).to(12));
        live(Duration.ofMinutes(10));
        assertEquals(List.of(), templates.calls());
        assertEquals(List.of("RECOMMENDED 1"), stage.reports.notes());
        assertEquals(List.of(), deeds());
    }

    @Test
    void writesNothingForShadowedAndPausedPolicies() {
        take(size(1, 40, 12).mode(Mode.Shadow));
        take(size(2, 40, 12).mode(Mode.Paused));
        assertEquals(List.of(), templates.calls());
        assertEquals(List.of("Shadowed 1 40->12 #0"), deeds());
    }

    @Test
    void findsThatTheTemplateSaysSoAlready() {
        says(12);
        take(size(1, 40, 12));
        assertEquals(List.of("read"), templates.calls());
        assertEquals(List.of("AlreadyThere 1 12->12 #0"), deeds());
    }

    @Test
    void readsAgainWhenTheObjectHasChangedInBetween() {
        templates.duringNextWrite(() -> says(30));
        take(size(1, 40, 12));
        assertEquals(List.of("read", "d1-1 12", "read", "d1-2 12"), templates.calls());
        assertEquals(List.of("Applied 1 30->12 #2"), deeds());
    }

    @Test
    void leavesAnObjectAloneThatWasCreatedAgainOrDeleted() {
        TemplatePath other = new TemplatePath(OBJECT, "uid-2", false, 2, 80);
        templates.put(other, new RunSize(40, null, null), false);
        take(size(1, 40, 12));
        assertEquals(new RunSize(40, null, null), templates.size(other));
        templates.delete(other);
        take(size(2, 40, 12));
        live(Duration.ofMinutes(10));
        assertEquals(List.of("read", "read"), templates.calls());
        assertEquals(List.of("Expired 1 40->12 #0", "Expired 2 40->12 #0"), deeds());
    }

    @Test
    void leavesATemplateAloneWhoseAllocationWasSwitched() {
        templates.put(TEMPLATE, new RunSize(5, null, null), true);
        take(size(1, 40, 12));
        assertEquals(List.of("read"), templates.calls());
        assertEquals(List.of("Expired 1 40->12 #0"), deeds());
    }

    @Test
    void saysTheSizeOfATemplateThatHasNone() {
        templates.put(TEMPLATE, new RunSize(null, null, null), false);
        take(size(1, 2, 12));
        assertEquals(List.of("Applied 1 2->12 #1"), deeds());
    }

    @Test
    void standsBackFromAnotherWriterOfTheTemplate() {
        take(size(1, 40, 12));
        says(40);
        take(size(2, 40, 13));
        says(40);
        take(size(3, 40, 14));
        assertEquals(new RunSize(40, null, null), templates.size(TEMPLATE));
        assertEquals("Conflicted 3 40->14 #0", deeds().getLast());
        take(size(4, 40, 14).generation(2));
        assertEquals(new RunSize(14, null, null), templates.size(TEMPLATE));
    }

    @Test
    void findsThatAWriteWhoseAnswerWasLostHasHappened() {
        templates.loseNextAnswer();
        take(size(1, 40, 12));
        live(Duration.ofSeconds(1));
        assertEquals(List.of("read", "d1-1 12", "read"), templates.calls());
        assertEquals(List.of("Applied 1 40->12 #1"), deeds());
    }

    @Test
    void triesAgainMoreAndMoreSeldomWhenItIsRefused() {
        for (int i = 0; i < 3; i++) {
            templates.trouble(new Answer.Refused(403, "forbidden"));
        }
        take(size(1, 40, 12));
        live(Duration.ofSeconds(21));
        assertEquals(List.of("Refused 1 40->12 #1", "Refused 1 40->12 #2", "Refused 1 40->12 #3"), deeds());
        live(Duration.ofSeconds(20));
        assertEquals("Applied 1 40->12 #4", deeds().getLast());
    }

    @Test
    void givesUpForAWhileWhenTheObjectKeepsChanging() {
        for (int i = 0; i < 5; i++) {
            templates.trouble(new Answer.Disagreed("modified"));
        }
        take(size(1, 40, 12));
        live(Duration.ofSeconds(3));
        assertEquals(List.of("Failed 1 40->12 #5"), deeds());
        live(Duration.ofSeconds(10));
        assertEquals("Applied 1 40->12 #6", deeds().getLast());
    }

    @Test
    void aNewOwnerWritesFewerOnlyAfterAWhile() {
        stage.targets.revoked(List.of(ActorStage.PARTITION));
        stage.targets.assigned(ActorStage.PARTITION, 0, stage.clock.nanos());
        stage.heartbeat();
        take(size(2, 40, 12));
        assertEquals(new RunSize(40, null, null), templates.size(TEMPLATE));
        live(Duration.ofSeconds(9));
        assertEquals(new RunSize(12, null, null), templates.size(TEMPLATE));
    }

    @Test
    void hasNoFallback() {
        take(size(1, 40, 12).fallback(Duration.ofSeconds(30), 60));
        stage.tick(Duration.ofSeconds(60));
        assertEquals(new RunSize(12, null, null), templates.size(TEMPLATE));
        assertEquals(List.of("Applied 1 40->12 #1"), deeds());
    }

    private static TargetBuilder size(long sequence, int from, int to) {
        return of(TEMPLATE, true).sequence(sequence).from(from).to(to);
    }

    private static TargetBuilder of(TemplatePath path, boolean write) {
        return target().template(path.uid(), path.dynamic(), write);
    }

    private void says(int executors) {
        templates.put(TEMPLATE, new RunSize(executors, null, null), false);
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
