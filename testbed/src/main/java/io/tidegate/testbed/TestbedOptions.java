package io.tidegate.testbed;

/**
 * What to bring up.
 *
 * @param simulatedNodes how many nodes kwok plays; 0 to 100
 * @param keepFiles leave the folder of the run (data, configuration, logs) there at the end
 */
public record TestbedOptions(int simulatedNodes, boolean keepFiles) {
    public TestbedOptions {
        if (simulatedNodes < 0 || simulatedNodes > 100) {
            throw new IllegalArgumentException("simulatedNodes is " + simulatedNodes + "; 0 to 100 is allowed");
        }
    }

    /** One simulated node, which takes thousands of pods; nothing kept. */
    public static TestbedOptions defaults() {
        return new TestbedOptions(1, false);
    }

    public TestbedOptions withSimulatedNodes(int count) {
        return new TestbedOptions(count, keepFiles);
    }

    public TestbedOptions withKeepFiles(boolean keep) {
        return new TestbedOptions(simulatedNodes, keep);
    }
}
