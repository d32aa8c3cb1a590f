package io.tidegate.decision.model;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One pod of the target: its state as listed, joined with the metrics API. What is empty is not known, never 0. Times
 * outside the years 1 to 9999 are taken for the nearest that is inside.
 *
 * @param deleted whether its deletion has been asked for
 * @param ready status of its Ready condition; empty if it has none, or if that is Unknown
 * @param readyChangedAt when that condition last changed
 * @param startedAt when the kubelet took it on
 * @param sampledAt end of the window over which its usage was measured
 * @param windowMillis length of that window
 * @param cpuRequestMilli request of the pod as a whole, in thousandths of a core
 * @param memoryRequestBytes request of the pod as a whole
 */
public record PodReading(
        String name,
        PodPhase phase,
        boolean deleted,
        Optional<Boolean> ready,
        Optional<Instant> readyChangedAt,
        Optional<Instant> startedAt,
        Optional<Instant> sampledAt,
        OptionalLong windowMillis,
        OptionalLong cpuRequestMilli,
        OptionalLong memoryRequestBytes,
        List<ContainerReading> containers) {
    public PodReading {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(ready, "ready");
        readyChangedAt = readyChangedAt.map(Times::bounded);
        startedAt = startedAt.map(Times::bounded);
        sampledAt = sampledAt.map(Times::bounded);
        ContainerReading.requireAmount("windowMillis", windowMillis);
        ContainerReading.requireAmount("cpuRequestMilli", cpuRequestMilli);
        ContainerReading.requireAmount("memoryRequestBytes", memoryRequestBytes);
        containers = List.copyOf(containers);
    }
}
