package io.tidegate.decision.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tidegate.decision.Facts;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Facts that cannot be. */
class RefusedFactsTest {
    @Test
    void refusesNegativeCounts() {
        List<Executable> made = List.of(
                () -> new Pods(-1, 0, 0, 0, 0),
                () -> new Pods(0, -1, 0, 0, 0),
                () -> new Pods(0, 0, -1, 0, 0),
                () -> new Pods(0, 0, 0, -1, 0),
                () -> new Pods(0, 0, 0, 0, -1),
                () -> new TargetState.Known(-1, 0, Pods.allReady(0), Optional.empty(), Facts.START),
                () -> new TargetState.Known(0, -1, Pods.allReady(0), Optional.empty(), Facts.START),
                () -> new PartitionOffsets("t", -1, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty()),
                () -> new Recommendation(
                        "lag",
                        "a",
                        -1,
                        true,
                        OptionalDouble.empty(),
                        new Basis.LagPerReplica(1, 0, 1, Basis.Bound.NONE, 0, true)));
        for (Executable one : made) {
            assertThrows(IllegalArgumentException.class, one);
        }
    }

    @Test
    void refusesWhatNoApplicationHas() {
        OptionalLong none = OptionalLong.empty();
        List<Executable> made = List.of(
                () -> new ExecutorCounts(-1, 0, 0, 0, 0, none),
                () -> new ExecutorCounts(0, 0, 0, 0, 0, OptionalLong.of(-1)),
                () -> new TaskTimes(-1, 0, 0, 0),
                () -> stage(-1, 0, 0),
                () -> stage(0, -1, 0),
                () -> stage(0, 0, -1),
                () -> query(OptionalDouble.of(Double.NaN), none),
                () -> query(OptionalDouble.of(-1), none),
                () -> query(OptionalDouble.empty(), OptionalLong.of(-1)));
        for (Executable one : made) {
            assertThrows(IllegalArgumentException.class, one);
        }
    }

    @Test
    void boundsWhatNoApplicationReaches() {
        int most = Integer.MAX_VALUE;
        ExecutorCounts executors = new ExecutorCounts(most, most, most, most, most, OptionalLong.of(Long.MAX_VALUE));

        assertEquals(Amounts.MOST, executors.running());
        assertEquals(Amounts.LONGEST, executors.lastStartMillis().orElseThrow());
        assertEquals(Amounts.LONGEST, new TaskTimes(Long.MAX_VALUE, 1, 1, 1).sumMillis());
    }

    private static StageReading stage(int id, int attempt, int job) {
        return new StageReading(
                id, attempt, job, StageState.ACTIVE, 1, 0, 0, 0, Optional.empty(), 0, 0, List.of(), false);
    }

    private static QueryReading query(OptionalDouble inputRate, OptionalLong backlog) {
        return new QueryReading("q", 0, 0, 0, 0, OptionalLong.empty(), 0, 0, 0, inputRate, backlog, 1, 0, false, 0);
    }

    @Test
    void refusesWhatIsNoRate() {
        assertThrows(IllegalArgumentException.class, () -> new LearnedRate(0, 0.5, 1));
        assertThrows(IllegalArgumentException.class, () -> new LearnedRate(Double.NaN, 0.5, 1));
        assertThrows(IllegalArgumentException.class, () -> new LearnedRate(1, -0.1, 1));
        assertThrows(IllegalArgumentException.class, () -> new LearnedRate(1, 1.1, 1));
        assertThrows(IllegalArgumentException.class, () -> new LearnedRate(1, 1, -1));
    }
}
