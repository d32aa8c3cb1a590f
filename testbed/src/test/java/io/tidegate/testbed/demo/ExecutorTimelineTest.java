package io.tidegate.testbed.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutorTimelineTest {
    private final ExecutorTimeline executors = new ExecutorTimeline();

    @Test
    void keepsWhatChanges() {
        executors.seen(1, 0, 0, 0);
        executors.seen(2, 8, 3, 0);
        executors.seen(3, 8, 3, 0);
        executors.seen(4, 8, 3, 2);

        assertEquals(
                List.of(new SparkReport.Change(2, 8, 3, 0), new SparkReport.Change(4, 8, 3, 2)), executors.changes());
        assertEquals(new SparkReport.Change(4, 8, 3, 2), executors.last());
    }

    @Test
    void countsTheExecutorsThatRan() {
        executors.seen(10, 4, 4, 0);
        executors.seen(15, 4, 4, 2);
        executors.seen(20, 4, 4, 4);
        executors.seen(25, 0, 0, 0);

        assertEquals(2 * 5 + 4 * 5, executors.executorSeconds());
    }

    @Test
    void hasNothingBeforeTheFirstLook() {
        assertEquals(new SparkReport.Change(0, 0, 0, 0), executors.last());
        assertEquals(0, executors.executorSeconds());
    }
}
