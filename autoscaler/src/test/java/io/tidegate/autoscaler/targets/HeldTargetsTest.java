package io.tidegate.autoscaler.targets;

import static io.tidegate.autoscaler.testing.TargetBuilder.target;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tidegate.autoscaler.targets.HeldTargets.Changes;
import io.tidegate.autoscaler.testing.TargetBuilder;
import io.tidegate.contracts.fact.WorkloadFact.ScaleResource;
import io.tidegate.contracts.target.Heartbeat;
import io.tidegate.contracts.target.TargetMessage;
import io.tidegate.contracts.target.TargetTombstone;
import io.tidegate.contracts.wire.UnreadableRecordException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldTargetsTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final HeldTargets targets = new HeldTargets("test", 0);

    @Test
    void handsOutWhatWasThereOnlyWhenAllOfItIsRead() throws UnreadableRecordException {
        targets.assigned(3, 3, 0);
        assertEquals(Changes.NONE, take(0, target().sequence(1)));
        assertEquals(Changes.NONE, take(1, target().sequence(2)));
        Changes changes = take(2, target().sequence(3).workload("sales", "bills"));
        assertEquals(
                List.of(2L, 3L),
                changes.held().stream()
                        .map(held -> held.target().sequence())
                        .sorted()
                        .toList());
        assertEquals(
                List.of(true, true),
                changes.held().stream().map(HeldTarget::replayed).toList());
    }

    @Test
    void reachesTheEndOverRecordsThatCanNotBeReadAndOverGaps() throws UnreadableRecordException {
        targets.assigned(3, 5, 0);
        take(0, target());
        assertEquals(Changes.NONE, targets.skipped(3, 4, 0));
        assertEquals(1, targets.skipped(3, 5, 0).held().size());
        assertEquals(Changes.NONE, targets.skipped(3, 6, 0));
    }

    @Test
    void handsOutWhatComesLaterAtOnce() throws UnreadableRecordException {
        targets.assigned(3, 0, 0);
        Changes changes = take(7, target().sequence(9));
        assertEquals(9, changes.held().getFirst().target().sequence());
        assertEquals(false, changes.held().getFirst().replayed());
    }

    @Test
    void forgetsWhatATombstoneNames() throws UnreadableRecordException {
        targets.assigned(3, 0, 0);
        HeldTarget held = take(0, target()).held().getFirst();
        Changes changes = targets.take(3, 1, new TargetTombstone(held.key()), 0);
        assertEquals(List.of(held), changes.forgotten());
        assertEquals(0, targets.size());
        assertInstanceOf(Standing.Superseded.class, targets.standing(held, 0));
    }

    @Test
    void dropsThePartitionsThatAreGone() throws UnreadableRecordException {
        targets.assigned(3, 0, 0);
        HeldTarget held = take(0, target()).held().getFirst();
        assertEquals(List.of(held), targets.revoked(List.of(3, 4)));
        assertInstanceOf(Standing.NotOwned.class, targets.standing(held, 0));
        assertEquals(Changes.NONE, take(1, target().sequence(2)));
    }

    @Test
    void tellsHowFreshATargetIs() throws UnreadableRecordException {
        targets.assigned(3, 0, SECOND);
        HeldTarget held =
                targets.take(3, 0, target().build(), 2 * SECOND).held().getFirst();
        targets.take(3, 1, new Heartbeat(3, Instant.EPOCH), 4 * SECOND);
        targets.skipped(3, 2, 5 * SECOND);
        assertEquals(
                new Standing.Newest(Duration.ofSeconds(6), true, Duration.ofSeconds(3), true, Duration.ofSeconds(2)),
                targets.standing(held, 7 * SECOND));
    }

    @Test
    void aHeartbeatThatWasThereAtAssignmentProvesNothing() throws UnreadableRecordException {
        targets.assigned(3, 2, 0);
        take(0, target());
        Changes changes = targets.take(3, 1, new Heartbeat(3, Instant.EPOCH), SECOND);
        HeldTarget held = changes.held().getFirst();
        Standing.Newest standing = assertInstanceOf(Standing.Newest.class, targets.standing(held, 2 * SECOND));
        assertEquals(false, standing.heartbeatSeen());
        assertEquals(Duration.ofSeconds(2), standing.heartbeatAge());
    }

    @Test
    void holdsNothingOfOtherClusters() throws UnreadableRecordException {
        targets.assigned(3, 0, 0);
        assertEquals(Changes.NONE, take(0, target().cluster("other")));
        assertEquals(0, targets.size());
    }

    @Test
    void refusesAPolicyThatReachesIntoAnotherNamespace() {
        targets.assigned(3, 0, 0);
        UnreadableRecordException refused =
                assertThrows(UnreadableRecordException.class, () -> take(0, target().policyNamespace("kube-system")));
        assertEquals("the policy and the workload are not in one namespace", refused.getMessage());
    }

    @Test
    void refusesWhatWouldLeaveItsPathOnTheApiServer() {
        targets.assigned(3, 0, 0);
        for (ScaleResource hostile : List.of(
                new ScaleResource("apps/v1", "../../secrets"),
                new ScaleResource("apps/v1", "deployments/x"),
                new ScaleResource("apps/v1", "pods?x="),
                new ScaleResource("apps/../v1", "deployments"),
                new ScaleResource("apps/v1\r\nHost: x", "deployments"),
                new ScaleResource("", "deployments"),
                new ScaleResource("a".repeat(100_000) + "/v1", "deployments"))) {
            assertThrows(UnreadableRecordException.class, () -> take(0, target().scale(hostile)), hostile::toString);
        }
        for (String name : List.of("..", "%2e%2e", "a b", "a?b", "A", "-a", "a".repeat(253) + "a")) {
            assertThrows(IllegalArgumentException.class, () -> new ScalePath("apps/v1", "deployments", "sales", name));
        }
        assertEquals(0, targets.size());
    }

    @Test
    void refusesADriverThatCantBePartOfAPathOrAPatch() {
        targets.assigned(3, 0, 0);
        for (String hostile : List.of("..", "a/b", "a?x=", "A", "a".repeat(254), "")) {
            assertThrows(UnreadableRecordException.class, () -> take(0, target().driver(hostile, "uid-1", 1)), hostile);
        }
        for (String hostile : List.of("", "a\"b", "a b", "a".repeat(65))) {
            assertThrows(UnreadableRecordException.class, () -> take(0, target().driver("a", hostile, 1)), hostile);
        }
        assertThrows(
                UnreadableRecordException.class,
                () -> take(0, target().driver("a", "uid-1", 1).decisionId("d".repeat(201))));
        assertEquals(
                "/api/v1/namespaces/sales/pods/nightly-driver",
                new DriverPath("sales", "nightly-driver", "uid-1").path());
    }

    @Test
    void refusesADecisionIdThatWouldBreakAHeader() {
        targets.assigned(3, 0, 0);
        for (String hostile : List.of("a\r\nX: y", "a b", "é", "a".repeat(2000))) {
            assertThrows(UnreadableRecordException.class, () -> take(0, target().decisionId(hostile)), hostile);
        }
    }

    @Test
    void spellsOutWhereASizeIs() {
        assertEquals(
                "/apis/apps/v1/namespaces/sales/deployments/orders.v2/scale",
                new ScalePath("apps/v1", "deployments", "sales", "orders.v2").path());
        assertEquals(
                "/api/v1/namespaces/sales/replicationcontrollers/orders/scale",
                new ScalePath("v1", "replicationcontrollers", "sales", "orders").path());
    }

    private Changes take(long offset, TargetBuilder target) throws UnreadableRecordException {
        return take(offset, target.build());
    }

    private Changes take(long offset, TargetMessage message) throws UnreadableRecordException {
        return targets.take(3, offset, message, 0);
    }
}
