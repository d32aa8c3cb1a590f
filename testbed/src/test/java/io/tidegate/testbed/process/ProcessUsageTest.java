package io.tidegate.testbed.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessUsageTest {
    private static final String STAT =
            "4711 (a (b) c) S 1 2 3 0 -1 4194304 100 0 0 0 250 75 0 0 20 0 9 0 12345 1000000 2000 18446744073709551615";

    @Test
    void readsTimesBehindANameWithBrackets() {
        assertEquals(
                new ProcessUsage(Duration.ofMillis(3250), 2048 * 1024),
                ProcessUsage.parse(STAT, "Name:\ta\nVmRSS:\t    2048 kB\nThreads:\t9\n"));
    }

    @Test
    void countsNoMemoryForAProcessThatHasEndedButIsNotReaped() {
        assertEquals(
                0, ProcessUsage.parse(STAT, "Name:\ta\nState:\tZ (zombie)\n").residentBytes());
    }

    @Test
    void refusesACutLine() {
        assertThrows(IllegalArgumentException.class, () -> ProcessUsage.parse("4711 (a) S 1 2", ""));
    }
}
