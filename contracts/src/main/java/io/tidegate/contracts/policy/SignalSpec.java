package io.tidegate.contracts.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is watched. Exactly one kind is given; kinds this version doesn't know are absent here.
 *
 * @param name unique within the policy
 * @param kafka the lag of a consumer group
 * @param resource what the pods use
 * @param schedule a size at times of a calendar
 * @param prometheus what a query to a Prometheus gives
 */
public record SignalSpec(
        String name,
        @Nullable KafkaSignal kafka,
        @Nullable ResourceSignal resource,
        @Nullable ScheduleSignal schedule,
        @Nullable PrometheusSignal prometheus) {

    @JsonCreator
    public SignalSpec(
            @JsonProperty("name") String name,
            @JsonProperty("kafka") @Nullable KafkaSignal kafka,
            @JsonProperty("resource") @Nullable ResourceSignal resource,
            @JsonProperty("schedule") @Nullable ScheduleSignal schedule,
            @JsonProperty("prometheus") @Nullable PrometheusSignal prometheus) {
        this.name = Objects.requireNonNull(name, "signals[].name");
        this.kafka = kafka;
        this.resource = resource;
        this.schedule = schedule;
        this.prometheus = prometheus;
        long given = Stream.of(kafka, resource, schedule, prometheus)
                .filter(Objects::nonNull)
                .count();
        if (given > 1) {
            throw new IllegalArgumentException("a signal must be of one kind only, and has " + given + ": " + name);
        }
    }

    /** A signal of the kind kafka. */
    public SignalSpec(String name, @Nullable KafkaSignal kafka) {
        this(name, kafka, null, null, null);
    }

    /** A signal of any kind but prometheus. */
    public SignalSpec(
            String name,
            @Nullable KafkaSignal kafka,
            @Nullable ResourceSignal resource,
            @Nullable ScheduleSignal schedule) {
        this(name, kafka, resource, schedule, null);
    }

    /** A signal of the kind prometheus. */
    public static SignalSpec of(String name, PrometheusSignal prometheus) {
        return new SignalSpec(name, null, null, null, prometheus);
    }
}
