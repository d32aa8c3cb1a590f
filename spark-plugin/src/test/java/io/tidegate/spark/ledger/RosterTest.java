package io.tidegate.spark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RosterTest {
    private final Roster roster = new Roster();

    @Test
    void tellsSinceWhenExecutorsAreIdle() {
        roster.added("1", 0, 1_000);
        roster.added("2", 3, 2_000);
        assertEquals(List.of(new IdleExecutor("1", 0, 4_000), new IdleExecutor("2", 3, 3_000)), roster.idle(5_000));

        roster.started("1", 10);
        roster.started("1", 11);
        roster.ended("1", 10, 6_000);
        assertEquals(List.of(new IdleExecutor("2", 3, 5_000)), roster.idle(7_000));
        assertEquals(Map.of("1", 1), roster.runningTasks());

        roster.ended("1", 11, 8_000);
        roster.ended("1", 11, 9_000);
        assertEquals(List.of(new IdleExecutor("2", 3, 8_000), new IdleExecutor("1", 0, 2_000)), roster.idle(10_000));
    }

    @Test
    void keepsTasksThatAreToldBeforeTheirExecutor() {
        roster.started("1", 10);
        roster.added("1", 0, 1_000);
        assertEquals(List.of(), roster.idle(90_000));
        roster.ended("1", 10, 91_000);
        assertEquals(List.of(new IdleExecutor("1", 0, 1_000)), roster.idle(92_000));
    }

    @Test
    void saysNothingOfExecutorsWhoseProfileIsNotKnown() {
        roster.started("1", 10);
        roster.ended("1", 10, 1_000);
        assertEquals(List.of(), roster.idle(90_000));
    }

    @Test
    void forgetsThoseThatAreGone() {
        roster.added("1", 0, 1_000);
        roster.added("2", 1, 1_000);
        roster.started("1", 10);
        roster.removed("1");
        assertEquals(Set.of(), roster.of(0));
        assertEquals(Set.of("2"), roster.of(1));
        assertEquals(Map.of(), roster.runningTasks());
    }
}
