package io.tidegate.decision.policy;

/** What containers request and use. */
public enum Resource {
    /** In thousandths of a core. */
    CPU("CPU"),
    /** In thousandths of a byte, as Kubernetes counts any quantity. */
    MEMORY("Memory");

    private final String word;

    Resource(String word) {
        this.word = word;
    }

    /** The name to begin a sentence with. */
    public String word() {
        return word;
    }
}
