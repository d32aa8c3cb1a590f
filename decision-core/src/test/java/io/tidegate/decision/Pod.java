package io.tidegate.decision;

import io.tidegate.decision.model.ContainerReading;
import io.tidegate.decision.model.PodPhase;
import io.tidegate.decision.model.PodReading;
import io.tidegate.decision.model.Reading;
import io.tidegate.decision.model.SignalSample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A pod as tests describe it: by default one that has long been running and ready, of one container that requests 1,000 m
 * and 1,000 bytes. Seconds are counted from {@link Facts#START}.
 */
public record Pod(
        PodPhase phase,
        boolean deleted,
        Optional<Boolean> ready,
        double readyChangedAt,
        Optional<Double> startedAt,
        double sampledAt,
        double windowSeconds,
        OptionalLong cpuRequest,
        OptionalLong memoryRequest,
        List<ContainerReading> containers) {
    private static final double LONG_AGO = -100_000;

    /** A pod that uses {@code milli} of the 1,000 m that it requests. */
    public static Pod using(long milli) {
        return of(container("main", 1_000, 1_000, milli, milli));
    }

    /** A pod without a metric. */
    public static Pod missing() {
        return of(container("main", 1_000, 1_000, -1, -1));
    }

    /** A pod of these containers. */
    public static Pod of(ContainerReading... containers) {
        return new Pod(
                PodPhase.RUNNING,
                false,
                Optional.of(true),
                LONG_AGO,
                Optional.of(LONG_AGO),
                0,
                15,
                OptionalLong.empty(),
                OptionalLong.empty(),
                List.of(containers));
    }

    /** -1 stands for unknown. Memory is in bytes. */
    public static ContainerReading container(String name, long cpuRequest, long memoryRequest, long cpu, long memory) {
        return new ContainerReading(name, known(cpuRequest), known(memoryRequest), known(cpu), known(memory));
    }

    public Pod in(PodPhase other) {
        return new Pod(
                other,
                deleted,
                ready,
                readyChangedAt,
                startedAt,
                sampledAt,
                windowSeconds,
                cpuRequest,
                memoryRequest,
                containers);
    }

    public Pod leaving() {
        return new Pod(
                phase,
                true,
                ready,
                readyChangedAt,
                startedAt,
                sampledAt,
                windowSeconds,
                cpuRequest,
                memoryRequest,
                containers);
    }

    /** The Ready condition has been so since a second; -1 is none. */
    public Pod ready(Optional<Boolean> isReady, double since) {
        return new Pod(
                phase,
                deleted,
                isReady,
                since,
                startedAt,
                sampledAt,
                windowSeconds,
                cpuRequest,
                memoryRequest,
                containers);
    }

    public Pod started(Optional<Double> at) {
        return new Pod(
                phase,
                deleted,
                ready,
                readyChangedAt,
                at,
                sampledAt,
                windowSeconds,
                cpuRequest,
                memoryRequest,
                containers);
    }

    public Pod sampled(double at, double window) {
        return new Pod(
                phase, deleted, ready, readyChangedAt, startedAt, at, window, cpuRequest, memoryRequest, containers);
    }

    /** Requests of the pod as a whole; -1 is none. */
    public Pod requesting(long cpu, long memory) {
        return new Pod(
                phase,
                deleted,
                ready,
                readyChangedAt,
                startedAt,
                sampledAt,
                windowSeconds,
                known(cpu),
                known(memory),
                containers);
    }

    /** {@code count} pods like this one. */
    public Pod[] times(int count) {
        return Collections.nCopies(count, this).toArray(Pod[]::new);
    }

    /** Both groups of pods. */
    public static Pod[] and(Pod[] some, Pod... more) {
        return Stream.concat(Arrays.stream(some), Arrays.stream(more)).toArray(Pod[]::new);
    }

    /** The sample of all pods of the target. */
    public static SignalSample sample(double second, Pod... pods) {
        List<PodReading> readings = new ArrayList<>();
        for (Pod pod : pods) {
            readings.add(pod.reading("pod-" + readings.size()));
        }
        return new SignalSample("usage", Facts.second(second), new Reading.Pods(readings));
    }

    public PodReading reading(String name) {
        return new PodReading(
                name,
                phase,
                deleted,
                ready,
                ready.map(ignored -> Facts.second(readyChangedAt)),
                startedAt.map(Facts::second),
                containers.isEmpty() ? Optional.<Instant>empty() : Optional.of(Facts.second(sampledAt)),
                OptionalLong.of(Math.round(windowSeconds * 1_000)),
                cpuRequest,
                memoryRequest,
                containers);
    }

    private static OptionalLong known(long value) {
        return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
