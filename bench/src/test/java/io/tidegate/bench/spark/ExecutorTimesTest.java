package io.tidegate.bench.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.bench.spark.ExecutorTimes.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutorTimesTest {
    private static final long SECOND = 1_000_000_000;

    private final ExecutorTimes times = new ExecutorTimes();

    @Test
    void countsFromRunningToTheEndOfTheProcess() {
        times.phase("a", "Pending", SECOND);
        times.phase("a", "Running", 2 * SECOND);
        times.phase("a", "Running", 3 * SECOND);
        times.phase("b", "Running", 4 * SECOND);
        assertFalse(times.over());
        times.phase("a", "Succeeded", 12 * SECOND);
        times.gone("a", 20 * SECOND);
        times.gone("b", 5 * SECOND);

        assertTrue(times.over());
        assertEquals(2, times.started());
        assertEquals(11, times.executorSeconds());
        assertEquals(List.of(new Step(1, 1), new Step(3, 2), new Step(4, 1), new Step(11, 0)), times.course(SECOND));
    }

    @Test
    void countsNothingForAPodThatNeverRan() {
        times.phase("a", "Pending", SECOND);
        times.phase("a", null, SECOND);
        times.gone("a", 9 * SECOND);

        assertTrue(times.over());
        assertEquals(0, times.executorSeconds());
    }
}
