package io.tidegate.testbed.kubelet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.testbed.process.ProcessUsage;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UsageMeterTest {
    private static final long SECOND = 1_000_000_000;

    private final UsageMeter meter = new UsageMeter();

    @Test
    void givesTheUsageBetweenTwoReadingsOfOneProcess() {
        assertEquals(Optional.empty(), meter.read("main", 7, usage(1_000), 0));
        assertEquals(
                Optional.of(Map.of("name", "main", "usage", Map.of("cpu", "250000000n", "memory", "2048Ki"))),
                meter.read("main", 7, usage(1_500), 2 * SECOND));
    }

    @Test
    void startsOverWithANewProcess() {
        assertEquals(Optional.empty(), meter.read("main", 7, usage(9_000), 0));
        assertEquals(Optional.empty(), meter.read("main", 8, usage(10), SECOND));
    }

    private static ProcessUsage usage(long cpuMillis) {
        return new ProcessUsage(Duration.ofMillis(cpuMillis), 2048 * 1024);
    }
}
