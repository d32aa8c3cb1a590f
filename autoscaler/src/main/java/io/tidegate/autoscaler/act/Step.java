package io.tidegate.autoscaler.act;

import java.time.Duration;

/** What comes after one step for a workload. */
sealed interface Step {

    /** Nothing more is to be done for this target. */
    record Done() implements Step {}

    /**
     * To be looked at again.
     *
     * @param in how long from now
     */
    record Again(Duration in) implements Step {}
}
