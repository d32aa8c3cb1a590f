package io.tidegate.contracts.fact;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.spark.SparkRun;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A scale target and its pods, or a Spark application with its driver and executors, as the API server has them.
 *
 * @param workload its id, the key
 * @param scale where its scale subresource is; absent if the target doesn't exist or can't be scaled
 * @param replicas spec.replicas of the scale subresource; of a Spark application the most executors that are allowed, as its driver
 *     says, or the number that was asked for while none is set, and while none runs the number that its template begins with;
 *     absent exactly when {@code scale}, {@code driver} and {@code template} are
 * @param statusReplicas status.replicas of the scale subresource; of a Spark application the executor pods that run
 * @param pods its pods, counted by state; of a Spark application its executors
 * @param lastStartMillis milliseconds from seeing the newest ready pod created to seeing it ready; absent if not seen
 * @param problem why the target can't be scaled, in words for its owner; beside a {@code driver} what its owner should know, such as
 *     that there are other drivers; else absent
 * @param driver the driver pod of a Spark application that can be scaled; absent for other workloads, and if there is none that
 *     runs or that answers
 * @param template what the next run of a recurring Spark application is made of; absent for other workloads, and while one runs
 */
public record WorkloadFact(
        WorkloadId workload,
        @Nullable ScaleResource scale,
        @Nullable Integer replicas,
        int statusReplicas,
        PodCounts pods,
        @Nullable Long lastStartMillis,
        @Nullable String problem,
        @Nullable SparkDriver driver,
        @Nullable RunTemplate template)
        implements Fact {

    @JsonCreator
    public WorkloadFact {
        Objects.requireNonNull(workload, "workload");
        Objects.requireNonNull(pods, "pods");
        int levers = (scale == null ? 0 : 1) + (driver == null ? 0 : 1) + (template == null ? 0 : 1);
        if (levers > 1) {
            throw new IllegalArgumentException("at most one of scale, driver and template is given");
        }
        if ((levers == 0) != (replicas == null)) {
            throw new IllegalArgumentException(
                    "replicas are given together with scale, driver or template, or not at all");
        }
        if ((replicas != null && replicas < 0) || statusReplicas < 0) {
            throw new IllegalArgumentException("replicas and statusReplicas must not be negative");
        }
        if (lastStartMillis != null && lastStartMillis < 0) {
            throw new IllegalArgumentException("lastStartMillis must not be negative: " + lastStartMillis);
        }
    }

    /** A workload that is no Spark application, or one without a driver. */
    public WorkloadFact(
            WorkloadId workload,
            @Nullable ScaleResource scale,
            @Nullable Integer replicas,
            int statusReplicas,
            PodCounts pods,
            @Nullable Long lastStartMillis,
            @Nullable String problem) {
        this(workload, scale, replicas, statusReplicas, pods, lastStartMillis, problem, null, null);
    }

    /** A workload that does not recur, or one of which a run is on. */
    public WorkloadFact(
            WorkloadId workload,
            @Nullable ScaleResource scale,
            @Nullable Integer replicas,
            int statusReplicas,
            PodCounts pods,
            @Nullable Long lastStartMillis,
            @Nullable String problem,
            @Nullable SparkDriver driver) {
        this(workload, scale, replicas, statusReplicas, pods, lastStartMillis, problem, driver, null);
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
     * Where a Spark application is scaled.
     *
     * @param pod name of the driver pod
     * @param uid its uid; a driver that was started again under the same name has another
     * @param appId the application's id
     * @param run what is said of this run; absent if nothing is
     */
    public record SparkDriver(
            String pod, String uid, String appId, @Nullable SparkRun run) {
        @JsonCreator
        public SparkDriver {
            Objects.requireNonNull(pod, "driver.pod");
            Objects.requireNonNull(uid, "driver.uid");
            Objects.requireNonNull(appId, "driver.appId");
        }

        /** A driver of whose run nothing is said. */
        public SparkDriver(String pod, String uid, String appId) {
            this(pod, uid, appId, null);
        }
    }

    /**
     * Where the runs of a recurring Spark application are made.
     *
     * @param apiVersion group and version, such as {@code sparkoperator.k8s.io/v1beta2}
     * @param plural resource name in paths
     * @param uid the object's uid
     * @param dynamic whether its runs have dynamic allocation, so that {@code replicas} is only what they begin with
     */
    public record RunTemplate(String apiVersion, String plural, String uid, boolean dynamic) {
        public RunTemplate {
            Objects.requireNonNull(apiVersion, "template.apiVersion");
            Objects.requireNonNull(plural, "template.plural");
            Objects.requireNonNull(uid, "template.uid");
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
