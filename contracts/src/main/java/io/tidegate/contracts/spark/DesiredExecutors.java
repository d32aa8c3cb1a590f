package io.tidegate.contracts.spark;

import java.util.Objects;

/**
 * How many executors a Spark application may have, as the autoscaler, and nobody else, writes it on the driver pod. The plugin in the
 * driver takes a sequence only if it is higher than the last it took.
 *
 * @param version version of this document, {@value #VERSION}
 * @param sequence sequence of the target that it carries out
 * @param decisionId id of the decision behind it, 1 to {@value #MAX_DECISION_ID} characters
 * @param floor executors that are kept even if Spark wants fewer, at least 0
 * @param cap most executors, at least {@code floor}
 * @param allowStageRetry whether executors may be let go while a stage reads their shuffle
 */
public record DesiredExecutors(
        int version, long sequence, String decisionId, int floor, int cap, boolean allowStageRetry) {

    /** Name of the annotation. */
    public static final String ANNOTATION = "tidegate.io/executors";

    /** The version of this document that is known. */
    public static final int VERSION = 1;

    /** Longest id of a decision; the engine's have at most 28 characters. */
    public static final int MAX_DECISION_ID = 253;

    public DesiredExecutors {
        Objects.requireNonNull(decisionId, "decisionId");
        if (version != VERSION) {
            throw new IllegalArgumentException("version must be " + VERSION + ": " + version);
        }
        if (decisionId.isEmpty() || decisionId.length() > MAX_DECISION_ID) {
            throw new IllegalArgumentException(
                    "decisionId must have 1 to " + MAX_DECISION_ID + " characters: " + decisionId.length());
        }
        if (sequence < 0) {
            throw new IllegalArgumentException("sequence must not be negative: " + sequence);
        }
        if (floor < 0 || cap < floor) {
            throw new IllegalArgumentException("0 <= floor <= cap must hold: floor " + floor + ", cap " + cap);
        }
    }

    /** The document in the version that is known. */
    public DesiredExecutors(long sequence, String decisionId, int floor, int cap, boolean allowStageRetry) {
        this(VERSION, sequence, decisionId, floor, cap, allowStageRetry);
    }
}
