package io.tidegate.decision.policy;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The lag of a consumer group.
 *
 * @param lagThreshold records of lag per replica, for policies without an objective; above 0
 * @param activation the workload is active when its lag is above this; 0 or more
 * @param ratePerReplica records a second that one replica processes, until it has been learned; above 0
 * @param allowIdleConsumers whether there may be more replicas than partitions
 */
public record KafkaSignal(
        String name,
        long lagThreshold,
        long activation,
        NoCommittedOffset noCommittedOffset,
        OptionalDouble ratePerReplica,
        boolean allowIdleConsumers,
        LagOptions options)
        implements Signal {
    public KafkaSignal {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a signal needs a name");
        }
        if (lagThreshold <= 0) {
            throw new IllegalArgumentException("lagThreshold must be above 0: " + lagThreshold);
        }
        if (activation < 0) {
            throw new IllegalArgumentException("activation must not be negative: " + activation);
        }
        Objects.requireNonNull(noCommittedOffset, "noCommittedOffset");
        if (ratePerReplica.isPresent()
                && !(ratePerReplica.getAsDouble() > 0 && Double.isFinite(ratePerReplica.getAsDouble()))) {
            throw new IllegalArgumentException(
                    "ratePerReplica must be above 0, and finite: " + ratePerReplica.getAsDouble());
        }
        if (allowIdleConsumers && options.limitToPartitionsWithLag()) {
            throw new IllegalArgumentException("allowIdleConsumers and limitToPartitionsWithLag exclude one another");
        }
    }

    /** A signal with the defaults that users of lag scaling know: 10 records per replica, active above 0. */
    public static KafkaSignal named(String name) {
        return new KafkaSignal(
                name, 10, 0, NoCommittedOffset.EARLIEST, OptionalDouble.empty(), false, LagOptions.none());
    }
}
