package io.tidegate.collector.world;

import io.tidegate.contracts.id.WorkloadId;

/**
 * A scale target to watch.
 *
 * @param workload its id
 * @param apiVersion group and version of its kind
 * @param measured whether what its pods use is read too
 */
public record Target(WorkloadId workload, String apiVersion, boolean measured) {

    /** A target of which no policy asks what its pods use. */
    public Target(WorkloadId workload, String apiVersion) {
        this(workload, apiVersion, false);
    }
}
