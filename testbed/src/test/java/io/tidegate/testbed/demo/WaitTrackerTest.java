package io.tidegate.testbed.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WaitTrackerTest {

    @Test
    void measuresFromAppendToTheCommitThatCoversTheRecord() {
        WaitTracker tracker = new WaitTracker();
        tracker.appended(0, 0, 1_000);
        tracker.appended(0, 1, 1_100);
        tracker.appended(1, 0, 1_200);
        tracker.committed(0, 1, 3_000);

        assertEquals(1, tracker.consumed());
        assertEquals(2_000, tracker.percentile(99));
        assertEquals(2, tracker.lag());
        assertEquals(2_900, tracker.oldestWait(4_000));
    }

    @Test
    void percentileIsTheWaitThatThisShareKept() {
        WaitTracker tracker = new WaitTracker();
        for (int i = 0; i < 100; i++) {
            tracker.appended(0, i, 0);
            tracker.committed(0, i + 1, i + 1);
        }
        assertEquals(99, tracker.percentile(99));
        assertEquals(100, tracker.percentile(100));
    }
}
