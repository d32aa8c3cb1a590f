package io.tidegate.spark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TaskTimesTest {

    @Test
    void isExactInSumAndLongest() {
        TaskTimes times = new TaskTimes();
        assertTrue(times.isEmpty());
        assertEquals(0, times.quantile(0.5));
        times.add(10);
        times.add(1_000);
        times.add(-5);
        assertEquals(1_010, times.sum());
        assertEquals(1_000, times.max());
        assertEquals(1_000, times.quantile(1));
    }

    @Test
    void isAtMostAFifthTooHigh() {
        long seed = 3;
        Random random = new Random(seed);
        for (int run = 0; run < 200; run++) {
            TaskTimes times = new TaskTimes();
            long[] all = random.longs(1 + random.nextInt(500), 1, 1L << (1 + random.nextInt(25)))
                    .toArray();
            Arrays.stream(all).forEach(times::add);
            Arrays.sort(all);
            for (double share : new double[] {0.05, 0.5, 0.95}) {
                long exact = all[(int) Math.ceil(share * all.length) - 1];
                long told = times.quantile(share);
                // Buckets below 4 ms are as wide as a millisecond is.
                assertTrue(
                        told >= exact && told <= Math.max(exact + 1, exact + exact / 5),
                        () -> "seed " + seed + ": " + told + " for " + exact);
            }
        }
    }

    @Test
    void keepsWhatIsLongerThanItsBuckets() {
        TaskTimes times = new TaskTimes();
        times.add(Long.MAX_VALUE / 2);
        assertTrue(times.quantile(0.5) > 100_000_000);
    }
}
