package io.tidegate.policyengine.state;

import io.tidegate.contracts.id.WorkloadId;

/** What would be remembered of a workload is larger than a changelog takes. */
public final class StateTooLargeException extends Exception {

    private static final long serialVersionUID = 1L;

    StateTooLargeException(WorkloadId workload, int bytes) {
        super("the state of " + workload + " would have " + bytes + " bytes, more than " + EngineStore.MAX_VALUE_BYTES
                + " are not kept");
    }
}
