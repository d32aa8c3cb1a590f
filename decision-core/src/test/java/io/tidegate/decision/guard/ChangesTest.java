package io.tidegate.decision.guard;

import static io.tidegate.decision.Facts.byLag;
import static io.tidegate.decision.Facts.limits;
import static io.tidegate.decision.Facts.percent;
import static io.tidegate.decision.Facts.pods;
import static io.tidegate.decision.Facts.second;
import static io.tidegate.decision.Facts.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.tidegate.decision.policy.Pace;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.policy.SelectPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangesTest {
    private static final Policy LIMITED =
            with(byLag(0, 99), limits(SelectPolicy.MAX, pods(4, 15)), limits(SelectPolicy.MAX, percent(50, 60)));

    private static GuardMemory decided(int replicas, int desired, SizedAt... changes) {
        return new GuardMemory(replicas, desired, 0, List.of(), List.of(), List.of(changes));
    }

    private static GuardMemory notice(Policy policy, GuardMemory memory, int current, double second) {
        return Changes.notice(memory, current, Pace.up(policy), Pace.down(policy), second(second));
    }

    private static SizedAt change(double second, int replicas) {
        return new SizedAt(second(second).toEpochMilli(), replicas);
    }

    @Test
    void countsWhatADecisionAskedFor() {
        assertEquals(List.of(change(5, 4)), notice(LIMITED, decided(3, 7), 7, 5).changes());
        assertEquals(List.of(change(5, 2)), notice(LIMITED, decided(3, 7), 5, 5).changes());
        assertEquals(
                List.of(change(5, -2)), notice(LIMITED, decided(3, 1), 1, 5).changes());
    }

    @Test
    void leavesOutWhatOthersDid() {
        assertEquals(List.of(), notice(LIMITED, decided(3, 3), 9, 5).changes());
        assertEquals(List.of(), notice(LIMITED, decided(3, 7), 1, 5).changes());
        assertEquals(
                List.of(change(5, 4)), notice(LIMITED, decided(3, 7), 20, 5).changes());
    }

    @Test
    void forgetsWhatNoLimitLooksBackTo() {
        GuardMemory memory = decided(3, 3, change(0, 2), change(30, 1));
        assertSame(memory, notice(LIMITED, memory, 3, 59));
        assertEquals(List.of(change(30, 1)), notice(LIMITED, memory, 3, 60).changes());
        assertEquals(List.of(), notice(byLag(0, 99), memory, 3, 59).changes());
        GuardMemory empty = decided(3, 3);
        assertSame(empty, notice(byLag(0, 99), empty, 3, 59));
    }

    @Test
    void sumsUpChangesThatAreTooManyToTellApart() {
        GuardMemory memory = decided(0, 1);
        for (int i = 1; i <= 40; i++) {
            memory = notice(LIMITED, new GuardMemory(i - 1, i, 0, List.of(), List.of(), memory.changes()), i, i);
        }
        assertEquals(Changes.MOST, memory.changes().size());
        assertEquals(change(40, 9), memory.changes().getLast());
    }
}
