package io.tidegate.contracts.policy;

import java.util.Objects;

/**
 * Names an object with a scale subresource, or a SparkApplication, in the policy's own namespace.
 *
 * @param apiVersion group and version, such as {@code apps/v1}
 * @param kind kind, such as {@code Deployment}
 * @param name name of the object
 */
public record ScaleTargetRef(String apiVersion, String kind, String name) {

    /** Kind of what the Spark operators run. */
    public static final String SPARK_APPLICATION = "SparkApplication";

    public ScaleTargetRef {
        Objects.requireNonNull(apiVersion, "scaleTargetRef.apiVersion");
        Objects.requireNonNull(kind, "scaleTargetRef.kind");
        Objects.requireNonNull(name, "scaleTargetRef.name");
    }

    /** Whether it is an application of one of the two Spark operators. */
    public boolean namesSparkApplication() {
        return kind.equals(SPARK_APPLICATION)
                && (apiVersion.startsWith("sparkoperator.k8s.io/") || apiVersion.startsWith("spark.apache.org/"));
    }
}
