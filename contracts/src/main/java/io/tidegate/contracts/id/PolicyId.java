package io.tidegate.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Identifies a ScalingPolicy as {@code cluster/namespace/ScalingPolicy/name}; also its record key.
 *
 * @param cluster name of the Kubernetes cluster, as configured in the services
 * @param namespace Kubernetes namespace; with the cluster it decides the partition
 * @param name name of the ScalingPolicy
 */
public record PolicyId(String cluster, String namespace, String name) {

    /** The third segment of every policy's id. */
    public static final String KIND = "ScalingPolicy";

    public PolicyId {
        IdSegments.check("cluster", cluster);
        IdSegments.check("namespace", namespace);
        IdSegments.check("name", name);
    }

    /**
     * Parses the four segments.
     *
     * @throws IllegalArgumentException if there are not exactly four valid segments, or the third is not {@value #KIND}
     */
    @JsonCreator
    public static PolicyId parse(String id) {
        String[] segments = IdSegments.split(id);
        if (!segments[2].equals(KIND)) {
            throw new IllegalArgumentException(
                    "the third segment of a policy id must be " + KIND + ": " + IdSegments.abbreviated(id));
        }
        return new PolicyId(segments[0], segments[1], segments[3]);
    }

    @Override
    public int hashCode() {
        return IdSegments.hash(namespace, name);
    }

    @JsonValue
    @Override
    public String toString() {
        return cluster + "/" + namespace + "/" + KIND + "/" + name;
    }
}
