package io.tidegate.decision.policy;

/** Which of several rate limits holds, as in autoscaling/v2. */
public enum SelectPolicy {
    /** The one that allows the largest change. */
    MAX,
    /** The one that allows the smallest change. */
    MIN,
    /** No change in this direction. */
    DISABLED
}
