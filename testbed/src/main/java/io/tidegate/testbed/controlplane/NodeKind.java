package io.tidegate.testbed.controlplane;

/** What a node of the testbed is, told by its label; pods choose one by {@code nodeSelector}. */
public enum NodeKind {
    /** Played by kwok: any number of pods that run nothing. */
    SIMULATED("simulated"),
    /** Run by the process kubelet: each container is a process of this machine. */
    PROCESS("process");

    public static final String LABEL = "tidegate.io/node";

    private final String value;

    NodeKind(String value) {
        this.value = value;
    }

    public String value() {
        return value;
    }
}
