package io.tidegate.autoscaler.act;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.autoscaler.act.WriteLimits.Rate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WriteLimitsTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void letsABurstPassAndThenKeepsToTheRate() {
        WriteLimits limits = new WriteLimits(new Rate(50, 200), new Rate(10, 3), 0);
        for (int i = 0; i < 3; i++) {
            assertEquals(Duration.ZERO, limits.take("sales", 0));
        }
        assertEquals(Duration.ofMillis(100), limits.take("sales", 0));
        assertEquals(Duration.ZERO, limits.take("sales", SECOND / 10));
        assertEquals(Duration.ofMillis(100), limits.take("sales", SECOND / 10));
    }

    @Test
    void oneNamespaceDoesNotUseUpAnothersShare() {
        WriteLimits limits = new WriteLimits(new Rate(50, 200), new Rate(10, 1), 0);
        assertEquals(Duration.ZERO, limits.take("sales", 0));
        assertEquals(Duration.ofMillis(100), limits.take("sales", 0));
        assertEquals(Duration.ZERO, limits.take("bills", 0));
    }

    @Test
    void theClusterAsAWholeHasALimitToo() {
        WriteLimits limits = new WriteLimits(new Rate(2, 2), new Rate(10, 10), 0);
        assertEquals(Duration.ZERO, limits.take("a", 0));
        assertEquals(Duration.ZERO, limits.take("b", 0));
        assertEquals(Duration.ofMillis(500), limits.take("c", 0));
    }

    @Test
    void aHundredWorkloadsOfOneNamespaceAtOnceDoNotWait() {
        WriteLimits limits = new WriteLimits(new Rate(50, 200), new Rate(20, 100), 0);
        for (int i = 0; i < 100; i++) {
            assertEquals(Duration.ZERO, limits.take("sales", 0));
        }
    }
}
