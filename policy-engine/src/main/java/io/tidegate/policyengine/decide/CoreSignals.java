package io.tidegate.policyengine.decide;

import io.tidegate.contracts.policy.KafkaSignal;
import io.tidegate.contracts.policy.PrometheusSignal;
import io.tidegate.contracts.policy.ResourceSignal;
import io.tidegate.contracts.policy.ScheduleSignal;
import io.tidegate.contracts.policy.SignalSpec;
import io.tidegate.decision.policy.LagOptions;
import io.tidegate.decision.policy.NoCommittedOffset;
import io.tidegate.decision.policy.PartitionRange;
import io.tidegate.decision.policy.Resource;
import io.tidegate.decision.policy.ResourceTarget;
import io.tidegate.decision.policy.Signal;
import io.tidegate.decision.policy.ValueSignal;
import io.tidegate.decision.policy.ValueTarget;
import io.tidegate.decision.schedule.Schedule;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Signals as decision-core knows them. */
final class CoreSignals {

    private CoreSignals() {}

    /**
     * Translates a signal; one of a kind that this version doesn't know is none.
     *
     * @throws IllegalArgumentException if nothing can be decided by it; the message names signal and field
     */
    static Optional<Signal> of(SignalSpec spec) {
        KafkaSignal kafka = spec.kafka();
        ResourceSignal resource = spec.resource();
        ScheduleSignal schedule = spec.schedule();
        PrometheusSignal prometheus = spec.prometheus();
        try {
            if (kafka != null) {
                return Optional.of(kafka(spec.name(), kafka));
            }
            if (resource != null) {
                return Optional.of(resource(spec.name(), resource));
            }
            if (schedule != null) {
                return Optional.of(schedule(spec.name(), schedule));
            }
            return prometheus == null ? Optional.empty() : Optional.of(prometheus(spec.name(), prometheus));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("signal " + spec.name() + ": " + e.getMessage(), e);
        }
    }

    private static Signal kafka(String name, KafkaSignal kafka) {
        Double rate = kafka.ratePerReplica();
        return new io.tidegate.decision.policy.KafkaSignal(
                name,
                kafka.lagThreshold(),
                kafka.activation(),
                switch (kafka.noCommittedOffset()) {
                    case Earliest -> NoCommittedOffset.EARLIEST;
                    case Latest -> NoCommittedOffset.LATEST;
                },
                rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate),
                kafka.allowIdleConsumers(),
                options(kafka));
    }

    private static Signal schedule(String name, ScheduleSignal schedule) {
        return new io.tidegate.decision.policy.ScheduleSignal(
                name, Schedule.parse(schedule.timeZone(), schedule.start(), schedule.end()), schedule.replicas());
    }

    private static Signal prometheus(String name, PrometheusSignal prometheus) {
        Long average = prometheus.averageValueMilli();
        Long value = prometheus.valueMilli();
        return new ValueSignal(
                name,
                average != null
                        ? new ValueTarget.AverageValue(average)
                        : new ValueTarget.Value(value == null ? 0 : value),
                prometheus.activationMilli());
    }

    private static LagOptions options(KafkaSignal kafka) {
        List<KafkaSignal.PartitionRange> partitions = kafka.partitions();
        return new LagOptions(
                Boolean.TRUE.equals(kafka.limitToPartitionsWithLag()),
                Boolean.TRUE.equals(kafka.excludePersistentLag()),
                Boolean.TRUE.equals(kafka.evenDistribution()),
                partitions == null
                        ? List.of()
                        : partitions.stream()
                                .map(range -> new PartitionRange(range.first(), range.last()))
                                .toList());
    }

    private static Signal resource(String name, ResourceSignal resource) {
        Integer utilization = resource.averageUtilization();
        Long value = resource.averageValueMilli();
        return new io.tidegate.decision.policy.ResourceSignal(
                name,
                switch (resource.name()) {
                    case cpu -> Resource.CPU;
                    case memory -> Resource.MEMORY;
                },
                Optional.ofNullable(resource.container()),
                utilization != null
                        ? new ResourceTarget.AverageUtilization(utilization)
                        : new ResourceTarget.AverageValue(value == null ? 0 : value),
                resource.cpuInitializationPeriod(),
                resource.initialReadinessDelay());
    }
}
