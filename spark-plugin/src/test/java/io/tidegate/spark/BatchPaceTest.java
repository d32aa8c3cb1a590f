package io.tidegate.spark;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BatchPaceTest {
    private static final long DELAY = 1000;

    /** Clocks may start anywhere, and overflow. */
    private long now = Long.MAX_VALUE - 500;

    private final BatchPace pace = new BatchPace(DELAY, () -> now);

    @Test
    void theFirstRoundMayAskForEachOfItsProfiles() {
        assertTrue(pace.mayAsk());
        assertTrue(pace.mayAsk());
    }

    @Test
    void theNextRoundWaitsFromTheEndOfTheLastOne() {
        assertTrue(pace.mayAsk());
        now += 800;
        pace.roundEnds();
        now += DELAY - 1;
        assertFalse(pace.mayAsk());
        pace.roundEnds();
        now += 1;
        assertTrue(pace.mayAsk());
    }

    @Test
    void aRoundThatAsksForNothingPutsNothingOff() {
        pace.roundEnds();
        assertTrue(pace.mayAsk());
    }

    @Test
    void aRoundThatWasCutShortCountsFromItsStart() throws InterruptedException {
        inAnotherThread(() -> assertTrue(pace.mayAsk()));
        now += DELAY - 1;
        assertFalse(pace.mayAsk());
        now += 1;
        assertTrue(pace.mayAsk());
    }

    @Test
    void onlyTheThreadOfARoundEndsIt() throws InterruptedException {
        assertTrue(pace.mayAsk());
        inAnotherThread(pace::roundEnds);
        assertTrue(pace.mayAsk());
    }

    private static void inAnotherThread(Runnable work) throws InterruptedException {
        Thread thread = new Thread(work);
        Throwable[] failed = new Throwable[1];
        thread.setUncaughtExceptionHandler((failing, error) -> failed[0] = error);
        thread.start();
        thread.join();
        if (failed[0] != null) {
            throw new AssertionError(failed[0]);
        }
    }
}
