package io.tidegate.bench.latency;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * What the bench measured.
 *
 * @param configurationHash SHA-256 of the services' default configuration and JVM options
 * @param workloads number of workloads
 * @param fromZero one workload at a time, from 0 to the full size
 * @param aboveZero one workload at a time, from 1 to the full size
 * @param toZero one workload at a time, from the full size to 0
 * @param allAtOnce all workloads at the same time, from 0 to the full size
 * @param timeouts samples that took over 10 s and count as 10 s
 * @param refusedWrites writes that the API server did not accept
 * @param cpuPercentIdle CPU of each process in percent of a core, without policies and with idle workloads
 * @param cpuPercentIdleCost what the idle workloads cost services and broker together, in percent of a core
 */
record LatencyReport(
        @JsonProperty("configuration_hash") String configurationHash,
        int workloads,
        @JsonProperty("from_zero_ms") Distribution fromZero,
        @JsonProperty("above_zero_ms") Distribution aboveZero,
        @JsonProperty("to_zero_ms") Distribution toZero,
        @JsonProperty("all_at_once_ms") Distribution allAtOnce,
        int timeouts,
        @JsonProperty("refused_writes") int refusedWrites,
        @JsonProperty("cpu_percent_idle") Map<String, IdleCost> cpuPercentIdle,
        @JsonProperty("cpu_percent_idle_cost") double cpuPercentIdleCost) {

    /**
     * CPU of one process over 60 s, in percent of a core.
     *
     * @param withoutPolicies before there is any policy
     * @param withIdleWorkloads with half of the workloads at zero and half at one, and no traffic
     */
    record IdleCost(
            @JsonProperty("without_policies") double withoutPolicies,
            @JsonProperty("with_idle_workloads") double withIdleWorkloads) {}
}
