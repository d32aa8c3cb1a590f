package io.tidegate.decision.recommend;

/**
 * What is measured against what is meant, both in the same unit and 0 or more: autoscaling/v2's usage ratio.
 *
 * @param meant above 0
 */
record Share(long measured, long meant) {
    /** As kube-controller-manager's --horizontal-pod-autoscaler-tolerance. */
    private static final double DEFAULT_TOLERANCE = 0.1;

    int direction() {
        return Long.signum(measured - meant);
    }

    boolean tolerated(Circumstances all) {
        double down = all.down().tolerance().orElse(DEFAULT_TOLERANCE);
        double up = all.up().tolerance().orElse(DEFAULT_TOLERANCE);
        return Exact.within(measured, meant, down, up);
    }

    /** The size that {@code pods} would have to be. */
    int replicas(int pods) {
        return Exact.ceiling(measured, meant, pods);
    }
}
