package io.tidegate.policyengine.rest;

import io.tidegate.contracts.decision.DecisionRecord;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.target.Target;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Why a workload has its size.
 *
 * @param workload the workload
 * @param decision the newest decision at that time, with all that led to it
 * @param target what must be now; absent if nothing is held
 */
public record Explanation(
        @Schema(implementation = String.class) WorkloadId workload,
        DecisionRecord decision,
        @Nullable Target target) {}
