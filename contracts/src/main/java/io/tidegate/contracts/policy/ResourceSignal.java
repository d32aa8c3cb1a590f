package io.tidegate.contracts.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the workload's pods use of a resource, as in autoscaling/v2. Exactly one of the two targets is given.
 *
 * @param name the resource
 * @param container container whose usage counts; absent means all of a pod
 * @param averageUtilization percent of what the pods request, at least 1
 * @param averageValueMilli usage of one pod, in thousandths of a core or of a byte, at least 1
 * @param cpuInitializationPeriod time after a pod's start in which its CPU counts only if it was ready over the whole of the
 *     sample's window
 * @param initialReadinessDelay time after a pod's start in which a change to unready means that it was never ready
 */
public record ResourceSignal(
        ResourceName name,
        @Nullable String container,
        @Nullable Integer averageUtilization,
        @Nullable Long averageValueMilli,
        Duration cpuInitializationPeriod,
        Duration initialReadinessDelay) {

    /** As the horizontal pod autoscaler has it. */
    static final Duration DEFAULT_CPU_INITIALIZATION_PERIOD = Duration.ofMinutes(5);

    /** As the horizontal pod autoscaler has it. */
    static final Duration DEFAULT_INITIAL_READINESS_DELAY = Duration.ofSeconds(30);

    public ResourceSignal {
        Objects.requireNonNull(name, "resource.name");
        Objects.requireNonNull(cpuInitializationPeriod, "resource.cpuInitializationPeriod");
        Objects.requireNonNull(initialReadinessDelay, "resource.initialReadinessDelay");
        if ((averageUtilization == null) == (averageValueMilli == null)) {
            throw new IllegalArgumentException(
                    "resource needs averageUtilization or averageValue, and not both of them");
        }
        if (averageUtilization != null && averageUtilization < 1) {
            throw new IllegalArgumentException("resource.averageUtilization must be at least 1: " + averageUtilization);
        }
        if (averageValueMilli != null && averageValueMilli < 1) {
            throw new IllegalArgumentException("resource.averageValue must be more than 0: " + averageValueMilli + "m");
        }
        if (cpuInitializationPeriod.isNegative() || initialReadinessDelay.isNegative()) {
            throw new IllegalArgumentException(
                    "resource.cpuInitializationPeriod and resource.initialReadinessDelay must not be negative: "
                            + cpuInitializationPeriod + ", " + initialReadinessDelay);
        }
    }

    @JsonCreator
    static ResourceSignal of(
            @JsonProperty("name") ResourceName name,
            @JsonProperty("container") @Nullable String container,
            @JsonProperty("averageUtilization") @Nullable Integer averageUtilization,
            @JsonProperty("averageValueMilli") @Nullable Long averageValueMilli,
            @JsonProperty("cpuInitializationPeriod") @Nullable Duration cpuInitializationPeriod,
            @JsonProperty("initialReadinessDelay") @Nullable Duration initialReadinessDelay) {
        return new ResourceSignal(
                name,
                container,
                averageUtilization,
                averageValueMilli,
                cpuInitializationPeriod == null ? DEFAULT_CPU_INITIALIZATION_PERIOD : cpuInitializationPeriod,
                initialReadinessDelay == null ? DEFAULT_INITIAL_READINESS_DELAY : initialReadinessDelay);
    }

    /** A resource, spelled as in Kubernetes. */
    public enum ResourceName {
        cpu,
        memory
    }
}
