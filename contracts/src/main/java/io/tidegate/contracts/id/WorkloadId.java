package io.tidegate.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Identifies a workload as {@code cluster/namespace/kind/name}; also the record key of all that concerns it.
 *
 * @param cluster name of the Kubernetes cluster, as configured in the services
 * @param namespace Kubernetes namespace; with the cluster it decides the partition
 * @param kind kind of the scale target, such as {@code Deployment}, or {@link #SPARK_DRIVER}
 * @param name name of the scale target; of a Spark application that a selector names, the policy's
 */
public record WorkloadId(String cluster, String namespace, String kind, String name) {

    /** Kind of a Spark application that a policy names by the labels of its driver pods; what was learned outlives each run. */
    public static final String SPARK_DRIVER = "SparkDriver";

    public WorkloadId {
        IdSegments.check("cluster", cluster);
        IdSegments.check("namespace", namespace);
        IdSegments.check("kind", kind);
        IdSegments.check("name", name);
    }

    /**
     * Parses the four segments.
     *
     * @throws IllegalArgumentException if there are not exactly four segments of 1 to 253 visible ASCII characters
     */
    @JsonCreator
    public static WorkloadId parse(String id) {
        String[] segments = IdSegments.split(id);
        return new WorkloadId(segments[0], segments[1], segments[2], segments[3]);
    }

    @JsonValue
    @Override
    public String toString() {
        return cluster + "/" + namespace + "/" + kind + "/" + name;
    }
}
