package io.tidegate.testbed.controlplane;

import java.util.List;

/**
 * What a control plane is started with.
 *
 * @param simulatedNodes how many nodes kwok plays; none starts no kwok
 * @param controllerManagerArguments further arguments of kube-controller-manager, such as the periods of its
 *     HorizontalPodAutoscaler controller
 * @param serverArguments further arguments of kube-apiserver
 * @param auditReads whether the audit log also has what Tidegate's accounts read, which costs the API server time
 */
public record ControlPlaneOptions(
        int simulatedNodes, List<String> controllerManagerArguments, List<String> serverArguments, boolean auditReads) {
    public ControlPlaneOptions {
        controllerManagerArguments = List.copyOf(controllerManagerArguments);
        serverArguments = List.copyOf(serverArguments);
    }

    /** The API server as it comes; writes only are in the audit log. */
    public ControlPlaneOptions(int simulatedNodes, List<String> controllerManagerArguments) {
        this(simulatedNodes, controllerManagerArguments, List.of(), false);
    }

    /** Both programs as they come. */
    public static ControlPlaneOptions withSimulatedNodes(int count) {
        return new ControlPlaneOptions(count, List.of());
    }

    /** The same, with further arguments of kube-apiserver. */
    public ControlPlaneOptions withServerArguments(List<String> arguments) {
        return new ControlPlaneOptions(simulatedNodes, controllerManagerArguments, arguments, auditReads);
    }

    /** The same, with reads in the audit log. */
    public ControlPlaneOptions withReadsAudited() {
        return new ControlPlaneOptions(simulatedNodes, controllerManagerArguments, serverArguments, true);
    }
}
