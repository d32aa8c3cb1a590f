package io.tidegate.contracts.fact;

import io.tidegate.contracts.id.WorkloadId;

/**
 * No policy speaks of this workload any more. On the wire: the workload's key and a null body.
 *
 * @param workload the workload that is no longer watched
 */
public record WorkloadTombstone(WorkloadId workload) implements Fact {
    @Override
    public String key() {
        return workload.toString();
    }
}
