package io.tidegate.contracts.policy;

import java.util.Objects;

/**
 * Names an object with a scale subresource in the policy's own namespace.
 *
 * @param apiVersion group and version, such as {@code apps/v1}
 * @param kind kind, such as {@code Deployment}
 * @param name name of the object
 */
public record ScaleTargetRef(String apiVersion, String kind, String name) {
    public ScaleTargetRef {
        Objects.requireNonNull(apiVersion, "scaleTargetRef.apiVersion");
        Objects.requireNonNull(kind, "scaleTargetRef.kind");
        Objects.requireNonNull(name, "scaleTargetRef.name");
    }
}
