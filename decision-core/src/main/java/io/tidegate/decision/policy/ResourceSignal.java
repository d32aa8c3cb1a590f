package io.tidegate.decision.policy;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What the target's pods use of a resource, with the meaning of autoscaling/v2. All signals of this kind are served by
 * one sample per workload, {@link #SAMPLE}.
 *
 * @param container the only container that counts; empty means all of a pod
 * @param cpuInitializationPeriod how long after its start a pod's CPU counts only if it is ready and was so for a whole
 *     measuring window; 0 s to 1 h
 * @param initialReadinessDelay a pod whose readiness last changed within it after the start was never ready; 0 s to 1 h
 */
public record ResourceSignal(
        String name,
        Resource resource,
        Optional<String> container,
        ResourceTarget target,
        Duration cpuInitializationPeriod,
        Duration initialReadinessDelay)
        implements Signal {
    /** The name under which the readings of all pods arrive. */
    public static final String SAMPLE = "usage";
    /** As kube-controller-manager's flags of these names. */
    public static final Duration DEFAULT_CPU_INITIALIZATION_PERIOD = Duration.ofMinutes(5);

    public static final Duration DEFAULT_INITIAL_READINESS_DELAY = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofHours(1);

    public ResourceSignal {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a signal needs a name");
        }
        Objects.requireNonNull(resource, "resource");
        if (container.isPresent() && container.get().isBlank()) {
            throw new IllegalArgumentException("a container's name must not be blank");
        }
        Objects.requireNonNull(target, "target");
        requireBounded("cpuInitializationPeriod", cpuInitializationPeriod);
        requireBounded("initialReadinessDelay", initialReadinessDelay);
    }

    /** A signal over whole pods with the usual periods. */
    public static ResourceSignal of(String name, Resource resource, ResourceTarget target) {
        return new ResourceSignal(
                name,
                resource,
                Optional.empty(),
                target,
                DEFAULT_CPU_INITIALIZATION_PERIOD,
                DEFAULT_INITIAL_READINESS_DELAY);
    }

    private static void requireBounded(String what, Duration duration) {
        if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(what + " must be 0 s to 1 h: " + duration);
        }
    }
}
