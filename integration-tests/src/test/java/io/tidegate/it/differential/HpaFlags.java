package io.tidegate.it.differential;

/**
 * What the HorizontalPodAutoscaler controller is started with, and the signals of the policies say.
 *
 * @param cpuInitializationSeconds for how long after its start a pod's CPU is looked at with suspicion
 * @param readinessDelaySeconds a pod whose Ready condition last changed sooner after its start was never ready
 */
record HpaFlags(int cpuInitializationSeconds, int readinessDelaySeconds) {

    String[] arguments() {
        return new String[] {
            "--horizontal-pod-autoscaler-sync-period=1s",
            "--horizontal-pod-autoscaler-cpu-initialization-period=" + cpuInitializationSeconds + "s",
            "--horizontal-pod-autoscaler-initial-readiness-delay=" + readinessDelaySeconds + "s",
            // The test plays the kubelet of a node that sends no heartbeats.
            "--controllers=*,-node-lifecycle-controller,-taint-eviction-controller",
        };
    }
}
