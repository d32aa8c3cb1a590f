package io.tidegate.decision.model;

/** Counts of a target's pods. A pod is counted once: terminating before failed before ready before pending. */
public record Pods(int ready, int pending, int unschedulable, int failed, int terminating) {
    public Pods {
        if (ready < 0 || pending < 0 || unschedulable < 0 || failed < 0 || terminating < 0) {
            throw new IllegalArgumentException("pod counts must not be negative");
        }
    }

    /** All of {@code count} pods are ready. */
    public static Pods allReady(int count) {
        return new Pods(count, 0, 0, 0, 0);
    }
}
