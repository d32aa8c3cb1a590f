package io.tidegate.testbed.controlplane;

import java.util.List;

/**
 * What a control plane is started with.
 *
 * @param simulatedNodes how many nodes kwok plays; none starts no kwok
 * @param controllerManagerArguments further arguments of kube-controller-manager, such as the periods of its
 *     HorizontalPodAutoscaler controller
 * @param auditReads whether the audit log also has what Tidegate's accounts read, which costs the API server time
 */
public record ControlPlaneOptions(int simulatedNodes, List<String> controllerManagerArguments, boolean auditReads) {
    public ControlPlaneOptions {
        controllerManagerArguments = List.copyOf(controllerManagerArguments);
    }

    /** Writes only are in the audit log. */
    public ControlPlaneOptions(int simulatedNodes, List<String> controllerManagerArguments) {
        this(simulatedNodes, controllerManagerArguments, false);
    }

    /** The controller manager as it comes. */
    public static ControlPlaneOptions withSimulatedNodes(int count) {
        return new ControlPlaneOptions(count, List.of());
    }

    /** The same, with reads in the audit log. */
    public ControlPlaneOptions withReadsAudited() {
        return new ControlPlaneOptions(simulatedNodes, controllerManagerArguments, true);
    }
}
