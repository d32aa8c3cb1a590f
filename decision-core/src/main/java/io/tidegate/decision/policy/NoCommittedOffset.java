package io.tidegate.decision.policy;

/** What a partition without a committed offset counts as; it should say what the consumers' reset policy says. */
public enum NoCommittedOffset {
    /** All records that are there wait: end minus start. */
    EARLIEST,
    /** None waits. */
    LATEST
}
