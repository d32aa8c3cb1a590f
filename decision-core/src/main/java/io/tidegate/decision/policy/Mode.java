package io.tidegate.decision.policy;

/** What is done with the decisions of a policy. */
public enum Mode {
    /** Decide and write. */
    ENFORCE,
    /** Decide, never write. */
    SHADOW,
    /** Hold. */
    PAUSED
}
