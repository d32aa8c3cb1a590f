package io.tidegate.testbed;

import io.tidegate.testbed.controlplane.ControlPlaneOptions;
import java.util.List;

/**
 * What to bring up.
 *
 * @param simulatedNodes how many nodes kwok plays; 0 to 100
 * @param keepFiles leave the folder of the run (data, configuration, logs) there at the end
 * @param controllerManagerArguments further arguments of kube-controller-manager
 */
public record TestbedOptions(int simulatedNodes, boolean keepFiles, List<String> controllerManagerArguments) {
    public TestbedOptions {
        if (simulatedNodes < 0 || simulatedNodes > 100) {
            throw new IllegalArgumentException("simulatedNodes is " + simulatedNodes + "; 0 to 100 is allowed");
        }
        controllerManagerArguments = List.copyOf(controllerManagerArguments);
    }

    /** One simulated node, which takes thousands of pods; nothing kept. */
    public static TestbedOptions defaults() {
        return new TestbedOptions(1, false, List.of());
    }

    public TestbedOptions withSimulatedNodes(int count) {
        return new TestbedOptions(count, keepFiles, controllerManagerArguments);
    }

    public TestbedOptions withKeepFiles(boolean keep) {
        return new TestbedOptions(simulatedNodes, keep, controllerManagerArguments);
    }

    public TestbedOptions withControllerManagerArguments(String... arguments) {
        return new TestbedOptions(simulatedNodes, keepFiles, List.of(arguments));
    }

    ControlPlaneOptions controlPlane() {
        return new ControlPlaneOptions(simulatedNodes, controllerManagerArguments);
    }
}
