package io.tidegate.collector.world;

import io.tidegate.contracts.id.WorkloadId;

/**
 * A scale target to watch.
 *
 * @param workload its id
 * @param apiVersion group and version of its kind
 */
public record Target(WorkloadId workload, String apiVersion) {}
