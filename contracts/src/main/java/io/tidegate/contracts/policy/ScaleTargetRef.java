package io.tidegate.contracts.policy;

import java.util.Objects;

/**
 * Names an object with a scale subresource, or a SparkApplication or ScheduledSparkApplication, in the policy's own namespace.
 *
 * @param apiVersion group and version, such as {@code apps/v1}
 * @param kind kind, such as {@code Deployment}
 * @param name name of the object
 */
public record ScaleTargetRef(String apiVersion, String kind, String name) {

    /** Kind of what the Spark operators run. */
    public static final String SPARK_APPLICATION = "SparkApplication";

    /** Kind of what the Kubeflow operator makes SparkApplications of, one for each run. */
    public static final String SCHEDULED_SPARK_APPLICATION = "ScheduledSparkApplication";

    private static final String KUBEFLOW = "sparkoperator.k8s.io/";
    private static final String APACHE = "spark.apache.org/";

    public ScaleTargetRef {
        Objects.requireNonNull(apiVersion, "scaleTargetRef.apiVersion");
        Objects.requireNonNull(kind, "scaleTargetRef.kind");
        Objects.requireNonNull(name, "scaleTargetRef.name");
    }

    /** Whether it is an application of one of the two Spark operators, or one that recurs. */
    public boolean namesSparkApplication() {
        return namesScheduledApplication()
                || (kind.equals(SPARK_APPLICATION) && (apiVersion.startsWith(KUBEFLOW) || ofApache()));
    }

    /** Whether it is an application that the Kubeflow operator runs again and again, each time from its template. */
    public boolean namesScheduledApplication() {
        return kind.equals(SCHEDULED_SPARK_APPLICATION) && apiVersion.startsWith(KUBEFLOW);
    }

    /** Whether its kind is one of Apache's Spark operator. */
    public boolean ofApache() {
        return apiVersion.startsWith(APACHE);
    }
}
