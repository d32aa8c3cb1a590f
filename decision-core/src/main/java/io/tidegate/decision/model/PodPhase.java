package io.tidegate.decision.model;

/** Where a pod is in its life, as Kubernetes says. */
public enum PodPhase {
    PENDING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    UNKNOWN
}
