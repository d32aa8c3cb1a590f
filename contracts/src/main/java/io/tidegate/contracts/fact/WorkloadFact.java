package io.tidegate.contracts.fact;

import io.tidegate.contracts.id.WorkloadId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A scale target and its pods as the API server has them.
 *
 * @param workload its id, the key
 * @param scale where its scale subresource is; absent if the target doesn't exist or can't be scaled
 * @param replicas spec.replicas of the scale subresource; absent exactly when {@code scale} is
 * @param statusReplicas status.replicas of the scale subresource
 * @param pods its pods, counted by state
 * @param lastStartMillis milliseconds from seeing the newest ready pod created to seeing it ready; absent if not seen
 * @param problem why the target can't be scaled, in words for its owner; absent if it can
 */
public record WorkloadFact(
        WorkloadId workload,
        @Nullable ScaleResource scale,
        @Nullable Integer replicas,
        int statusReplicas,
        PodCounts pods,
        @Nullable Long lastStartMillis,
        @Nullable String problem)
        implements Fact {
    public WorkloadFact {
        Objects.requireNonNull(workload, "workload");
        Objects.requireNonNull(pods, "pods");
        if ((scale == null) != (replicas == null)) {
            throw new IllegalArgumentException("scale and replicas are given together or not at all");
        }
        if ((replicas != null && replicas < 0) || statusReplicas < 0) {
            throw new IllegalArgumentException("replicas and statusReplicas must not be negative");
        }
        if (lastStartMillis != null && lastStartMillis < 0) {
            throw new IllegalArgumentException("lastStartMillis must not be negative: " + lastStartMillis);
        }
    }

    @Override
    public String key() {
        return workload.toString();
    }

    /**
     * Where a scale subresource is.
     *
     * @param apiVersion group and version, such as {@code apps/v1}
     * @param plural resource name in paths, such as {@code deployments}
     */
    public record ScaleResource(String apiVersion, String plural) {
        public ScaleResource {
            Objects.requireNonNull(apiVersion, "scale.apiVersion");
            Objects.requireNonNull(plural, "scale.plural");
        }
    }

    /**
     * Pods counted by state; a pod counts once, in the first state that fits.
     *
     * @param terminating deleted, not gone yet
     * @param failed phase Failed
     * @param ready condition Ready is True
     * @param unschedulable condition PodScheduled is False
     * @param pending any other
     */
    public record PodCounts(int terminating, int failed, int ready, int unschedulable, int pending) {

        /** No pods. */
        public static final PodCounts NONE = new PodCounts(0, 0, 0, 0, 0);

        public PodCounts {
            if (terminating < 0 || failed < 0 || ready < 0 || unschedulable < 0 || pending < 0) {
                throw new IllegalArgumentException("pod counts must not be negative");
            }
        }
    }
}
