package io.tidegate.testbed.controlplane;

import java.util.List;

/**
 * What a control plane is started with.
 *
 * @param simulatedNodes how many nodes kwok plays; none starts no kwok
 * @param controllerManagerArguments further arguments of kube-controller-manager, such as the periods of its
 *     HorizontalPodAutoscaler controller
 */
public record ControlPlaneOptions(int simulatedNodes, List<String> controllerManagerArguments) {
    public ControlPlaneOptions {
        controllerManagerArguments = List.copyOf(controllerManagerArguments);
    }

    /** The controller manager as it comes. */
    public static ControlPlaneOptions withSimulatedNodes(int count) {
        return new ControlPlaneOptions(count, List.of());
    }
}
