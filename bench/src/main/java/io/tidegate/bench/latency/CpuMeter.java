package io.tidegate.bench.latency;

import io.tidegate.testbed.process.ChildProcess;
import io.tidegate.testbed.process.ProcessUsage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** CPU that processes use over a time, in percent of one core. */
final class CpuMeter {

    private final List<ChildProcess> processes;

    CpuMeter(List<ChildProcess> processes) {
        this.processes = List.copyOf(processes);
    }

    /** Measures over the given time. */
    Map<String, Double> measure(Duration time) throws InterruptedException {
        Map<String, Duration> before = used();
        long start = System.nanoTime();
        Thread.sleep(time);
        double elapsed = System.nanoTime() - start;
        Map<String, Double> percent = new LinkedHashMap<>();
        used().forEach((name, cpu) -> {
            Duration spent = cpu.minus(before.getOrDefault(name, Duration.ZERO));
            percent.put(name, Math.round(spent.toNanos() / elapsed * 10_000) / 100.0);
        });
        return percent;
    }

    private Map<String, Duration> used() {
        Map<String, Duration> used = new LinkedHashMap<>();
        for (ChildProcess process : processes) {
            used.put(process.name(), process.usage().map(ProcessUsage::cpu).orElse(Duration.ZERO));
        }
        return used;
    }
}
