package io.tidegate.decision.model;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * One container of a pod, init containers that keep running included. What is empty is not known, never 0.
 *
 * @param cpuRequestMilli thousandths of a core
 * @param memoryRequestBytes bytes
 * @param cpuUsageMilli thousandths of a core
 * @param memoryUsageBytes bytes
 */
public record ContainerReading(
        String name,
        OptionalLong cpuRequestMilli,
        OptionalLong memoryRequestBytes,
        OptionalLong cpuUsageMilli,
        OptionalLong memoryUsageBytes) {
    public ContainerReading {
        Objects.requireNonNull(name, "name");
        requireAmount("cpuRequestMilli", cpuRequestMilli);
        requireAmount("memoryRequestBytes", memoryRequestBytes);
        requireAmount("cpuUsageMilli", cpuUsageMilli);
        requireAmount("memoryUsageBytes", memoryUsageBytes);
    }

    static void requireAmount(String what, OptionalLong amount) {
        if (amount.isPresent() && amount.getAsLong() < 0) {
            throw new IllegalArgumentException(what + " must not be negative: " + amount.getAsLong());
        }
    }
}
