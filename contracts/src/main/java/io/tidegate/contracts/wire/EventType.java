package io.tidegate.contracts.wire;

import java.util.Arrays;
import java.util.Optional;

/** Types of events; the wire name is {@code io.tidegate.<name>.v1}. */
public enum EventType {
    POLICY("policy"),
    WORKLOAD("workload"),
    SAMPLE("sample"),
    TICK("tick"),
    OUTCOME("outcome"),
    DECISION("decision"),
    TARGET("target"),
    HEARTBEAT("heartbeat");

    private final String shortName;

    EventType(String shortName) {
        this.shortName = shortName;
    }

    /** The name in file names of schemas and golden files. */
    public String shortName() {
        return shortName;
    }

    /** The value of {@code ce_type}. */
    public String wireName() {
        return "io.tidegate." + shortName + ".v1";
    }

    static Optional<EventType> byWireName(String wireName) {
        return Arrays.stream(values())
                .filter(type -> type.wireName().equals(wireName))
                .findFirst();
    }
}
