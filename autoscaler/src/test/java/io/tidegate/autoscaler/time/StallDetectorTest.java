package io.tidegate.autoscaler.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StallDetectorTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final StallDetector stalls = new StallDetector(Duration.ofSeconds(3), Duration.ofSeconds(6), 0);

    @Test
    void seesNothingWhileTicksCome() {
        for (int i = 0; i < 20; i++) {
            stalls.tick(i * SECOND);
            assertEquals(Duration.ZERO, stalls.suspectFor(i * SECOND + SECOND / 2));
        }
    }

    @Test
    void seesAStallBeforeTheNextTick() {
        assertEquals(Duration.ofSeconds(6), stalls.suspectFor(4 * SECOND));
    }

    @Test
    void staysSuspiciousForAWhileAfterAStall() {
        stalls.tick(4 * SECOND);
        assertEquals(Duration.ofSeconds(6), stalls.suspectFor(4 * SECOND));
        stalls.tick(6 * SECOND);
        assertEquals(Duration.ofSeconds(3), stalls.suspectFor(7 * SECOND));
        stalls.tick(9 * SECOND);
        assertEquals(Duration.ZERO, stalls.suspectFor(10 * SECOND));
    }
}
