package io.tidegate.collector.lag;

import io.tidegate.contracts.id.WorkloadId;

/**
 * Names one signal of one workload.
 *
 * @param workload the workload
 * @param signal name of the signal in its policy
 */
public record SignalKey(WorkloadId workload, String signal) {}
