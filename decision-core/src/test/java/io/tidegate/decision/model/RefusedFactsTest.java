package io.tidegate.decision.model;

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
    void refusesWhatIsNoRate() {
        assertThrows(IllegalArgumentException.class, () -> new LearnedRate(0, 0.5, 1));
        assertThrows(IllegalArgumentException.class, () -> new LearnedRate(Double.NaN, 0.5, 1));
        assertThrows(IllegalArgumentException.class, () -> new LearnedRate(1, -0.1, 1));
        assertThrows(IllegalArgumentException.class, () -> new LearnedRate(1, 1.1, 1));
        assertThrows(IllegalArgumentException.class, () -> new LearnedRate(1, 1, -1));
    }
}
