package io.tidegate.testbed.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long MILLI = 1_000_000;

    @Test
    void takesTheSameTimeForEachRecord() {
        Pace pace = new Pace(200, 0);
        assertEquals(5 * MILLI, pace.finishNext(0));
        assertEquals(10 * MILLI, pace.finishNext(0));
        assertEquals(15 * MILLI, pace.finishNext(12 * MILLI));
    }

    @Test
    void catchesUpAShortDelayWhileThereIsWork() {
        Pace pace = new Pace(200, 0);
        assertEquals(5 * MILLI, pace.finishNext(0));
        assertEquals(10 * MILLI, pace.finishNext(100 * MILLI));
    }

    @Test
    void doesNotCatchUpALongDelay() {
        Pace pace = new Pace(200, 0);
        assertEquals((10_000 - 250 + 5) * MILLI, pace.finishNext(10_000 * MILLI));
    }

    @Test
    void startsAnewAfterAPause() {
        Pace pace = new Pace(200, 0);
        pace.idle(100 * MILLI);
        assertEquals(105 * MILLI, pace.finishNext(100 * MILLI));
    }

    @Test
    void keepsItsRateOverManyRecords() {
        Pace pace = new Pace(333, 0);
        long last = 0;
        for (int i = 0; i < 333 * 60; i++) {
            last = pace.finishNext(last);
        }
        assertEquals(60_000.0, last / 1e6, 1.0);
    }
}
