package io.tidegate.bench.engine;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What the bench measured.
 *
 * @param configurationHash SHA-256 of the services' default configuration and JVM options
 * @param workloads number of workloads
 * @param partitions partitions in each sample
 * @param pinned whether the engine had one core for itself, and the rest another
 * @param catchingUp reading a log that lay there, up to the last look before its end
 * @param paced reading a log that grows by one sample a second and workload
 * @param rssPeakBytes most resident memory of the engine
 */
record EngineReport(
        @JsonProperty("configuration_hash") String configurationHash,
        int workloads,
        int partitions,
        boolean pinned,
        @JsonProperty("catching_up") Phase catchingUp,
        Paced paced,
        @JsonProperty("rss_peak_bytes") long rssPeakBytes) {

    /**
     * One stretch of reading.
     *
     * @param facts facts read
     * @param seconds how long it took
     * @param factsPerSecond facts a second
     * @param cpuMicrosPerFact CPU of the engine's process, all of its threads, in microseconds
     * @param allocatedBytesPerFact what the engine allocated
     */
    record Phase(
            long facts,
            double seconds,
            @JsonProperty("facts_per_second") double factsPerSecond,
            @JsonProperty("cpu_micros_per_fact") double cpuMicrosPerFact,
            @JsonProperty("allocated_bytes_per_fact") double allocatedBytesPerFact) {}

    /**
     * The log that grows.
     *
     * @param phase what was read
     * @param cpuPercent CPU of the engine's process, in percent of a core
     * @param behindSeconds how far the engine was behind the log, each 15 seconds, when its metrics were read
     */
    record Paced(
            Phase phase,
            @JsonProperty("cpu_percent") double cpuPercent,
            @JsonProperty("behind_seconds") List<Double> behindSeconds) {
        Paced {
            behindSeconds = List.copyOf(behindSeconds);
        }
    }
}
