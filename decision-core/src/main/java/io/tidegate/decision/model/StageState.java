package io.tidegate.decision.model;

/** Where a stage is in its life. One that is over is not told of. */
public enum StageState {
    /** Its tasks run, or could. */
    ACTIVE,
    /** Known, but stages that it needs are not over. */
    WAITING
}
