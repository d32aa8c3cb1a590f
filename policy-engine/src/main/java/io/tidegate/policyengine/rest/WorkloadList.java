package io.tidegate.policyengine.rest;

import io.tidegate.contracts.id.WorkloadId;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Workloads that this instance answers for.
 *
 * @param workloads their ids
 * @param note what is not in it
 */
public record WorkloadList(
        @Schema(implementation = String[].class) List<WorkloadId> workloads, String note) {
    public WorkloadList {
        workloads = List.copyOf(workloads);
    }
}
