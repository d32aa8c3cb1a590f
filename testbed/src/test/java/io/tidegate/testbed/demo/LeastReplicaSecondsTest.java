package io.tidegate.testbed.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LeastReplicaSecondsTest {

    private static final double RATE = 50;

    @Test
    void steadyLoadCostsItsWorkAndOneStart() {
        // 10 s of exactly one replica's worth: one start of 2 s and 10 s of work.
        long[] arrivals = {50, 50, 50, 50, 50, 50, 50, 50, 50, 50};
        assertEquals(12.0, LeastReplicaSeconds.of(arrivals, RATE, 2, 5, 4), 1e-9);
    }

    @Test
    void burstIsSpreadOverTheObjective() {
        // 10 replica-seconds of work at once. Within 9 s after the burst's second one replica does it: 10 + 3 for its
        // start.
        // Within 4 s there are 5 seconds to do it in, which takes two: 10 + 2 x 3.
        long[] arrivals = {500};
        assertEquals(13.0, LeastReplicaSeconds.of(arrivals, RATE, 3, 9, 8), 1e-9);
        assertEquals(16.0, LeastReplicaSeconds.of(arrivals, RATE, 3, 4, 8), 1e-9);
    }

    @Test
    void gapIsBridgedOnlyWhereThatIsCheaperThanAStart() {
        // One replica-second of work at second 0 and at second 8, each to be done by the second after: at best at
        // seconds 1 and 8.
        // Stopping between costs 2 + 2 starts, staying costs 8 + 1 start.
        long[] arrivals = {50, 0, 0, 0, 0, 0, 0, 0, 50};
        assertEquals(2 + 2 * 3, LeastReplicaSeconds.of(arrivals, RATE, 3, 1, 4), 1e-9);
        assertEquals(8 + 7, LeastReplicaSeconds.of(arrivals, RATE, 7, 1, 4), 1e-9);
    }

    @Test
    void tooFewReplicasCannotHoldTheObjective() {
        assertEquals(Double.POSITIVE_INFINITY, LeastReplicaSeconds.of(new long[] {500}, RATE, 0, 1, 2));
    }
}
