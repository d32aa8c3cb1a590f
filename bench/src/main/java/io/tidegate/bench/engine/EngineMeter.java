package io.tidegate.bench.engine;

import io.tidegate.testbed.process.ProcessUsage;
import io.tidegate.testbed.process.TestbedException;
import io.tidegate.testbed.services.ServiceProcess;
import java.time.Duration;
import java.util.Locale;

/** What an engine has used and done, as its process and its own metrics tell. */
final class EngineMeter {

    private final ServiceProcess engine;
    private long rssPeak;

    EngineMeter(ServiceProcess engine) {
        this.engine = engine;
    }

    /** Most resident memory seen at any look so far, in bytes. */
    long rssPeak() {
        return rssPeak;
    }

    /** A look at the process alone, which costs it nothing. */
    ProcessUsage watchMemory() {
        engine.process().requireAlive();
        ProcessUsage usage =
                engine.process().usage().orElseThrow(() -> new TestbedException("The engine's usage can't be read."));
        rssPeak = Math.max(rssPeak, usage.residentBytes());
        return usage;
    }

    /** A look at the process and at the metrics that it shows. */
    Look look() {
        ProcessUsage usage = watchMemory();
        String metrics = engine.get("/q/metrics").body();
        return new Look(
                System.nanoTime(),
                usage.cpu(),
                sum(metrics, "tidegate_facts_total"),
                sum(metrics, "jvm_gc_memory_allocated_bytes_total"),
                sum(metrics, "tidegate_log_behind_seconds"));
    }

    /** Sum of all series of a metric; 0 if there is none. */
    private static double sum(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .filter(value -> !value.toUpperCase(Locale.ROOT).equals("NAN"))
                .mapToDouble(Double::parseDouble)
                .sum();
    }

    /**
     * One look.
     *
     * @param nanos when
     * @param cpu CPU so far
     * @param facts facts read so far
     * @param allocated bytes allocated so far
     * @param behind how far behind the log, in seconds
     */
    record Look(long nanos, Duration cpu, double facts, double allocated, double behind) {

        /** What has been done from then to now. */
        EngineReport.Phase since(Look before) {
            double read = facts - before.facts;
            double seconds = (nanos - before.nanos) / 1e9;
            return new EngineReport.Phase(
                    Math.round(read),
                    rounded(seconds),
                    rounded(read / seconds),
                    rounded(cpu.minus(before.cpu).toNanos() / 1e3 / read),
                    rounded((allocated - before.allocated) / read));
        }
    }

    static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
