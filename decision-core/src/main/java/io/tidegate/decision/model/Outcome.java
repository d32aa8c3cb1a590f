package io.tidegate.decision.model;

/** What a guard did with the size that it was given. */
public enum Outcome {
    /** Left it as it was. */
    PASS,
    /** Changed it. */
    CAP,
    /** Refused any change of the current size. */
    VETO
}
