package io.tidegate.testbed.controlplane;

import java.util.List;

/**
 * What a control plane is started with.
 *
 * @param simulatedNodes how many nodes kwok plays; none starts no kwok
 * @param controllerManagerArguments further arguments of kube-controller-manager, such as the periods of its
 *     HorizontalPodAutoscaler controller
 * @param serverArguments further arguments of kube-apiserver
 */
public record ControlPlaneOptions(
        int simulatedNodes, List<String> controllerManagerArguments, List<String> serverArguments) {
    public ControlPlaneOptions {
        controllerManagerArguments = List.copyOf(controllerManagerArguments);
        serverArguments = List.copyOf(serverArguments);
    }

    /** The API server as it comes. */
    public ControlPlaneOptions(int simulatedNodes, List<String> controllerManagerArguments) {
        this(simulatedNodes, controllerManagerArguments, List.of());
    }

    /** Both as they come. */
    public static ControlPlaneOptions withSimulatedNodes(int count) {
        return new ControlPlaneOptions(count, List.of());
    }
}
