package io.tidegate.contracts.policy;

/** Whether decisions are carried out. Constants are spelled as in the CRD. */
public enum Mode {
    /** Decide and write. */
    Enforce,
    /** Decide and report, never write. */
    Shadow,
    /** Neither decide nor write. */
    Paused
}
