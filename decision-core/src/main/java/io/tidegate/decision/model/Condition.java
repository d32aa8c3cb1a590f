package io.tidegate.decision.model;

import java.util.Objects;

/** A condition in Kubernetes' style: {@code type} is {@code status}, for {@code reason}. */
public record Condition(String type, boolean status, String reason, String message) {
    public Condition {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(message, "message");
    }
}
