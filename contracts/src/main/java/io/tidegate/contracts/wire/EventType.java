package io.tidegate.contracts.wire;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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

    private static final Map<String, EventType> BY_WIRE_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EventType::wireName, type -> type));

    private final String shortName;
    private final String wireName;

    EventType(String shortName) {
        this.shortName = shortName;
        this.wireName = "io.tidegate." + shortName + ".v1";
    }

    /** The name in file names of schemas and golden files. */
    public String shortName() {
        return shortName;
    }

    /** The value of {@code ce_type}. */
    public String wireName() {
        return wireName;
    }

    static Optional<EventType> byWireName(String wireName) {
        return Optional.ofNullable(BY_WIRE_NAME.get(wireName));
    }
}
