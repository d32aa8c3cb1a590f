package io.tidegate.decision.signal;

import io.tidegate.decision.model.ContainerReading;
import io.tidegate.decision.model.PodReading;
import io.tidegate.decision.policy.Resource;
import io.tidegate.decision.policy.ResourceSignal;
import java.util.OptionalLong;

/** What one pod uses and requests of a signal's resource, in thousandths, by the rules of autoscaling/v2 v1.36. */
final class PodUsage {
    /** There is no such number. */
    static final long NONE = -1;

    private static final long MILLI_PER_BYTE = 1_000;

    private PodUsage() {}

    /**
     * What the pod's containers use, or the one that is named; {@link #NONE} without a metric. A container of which
     * nothing was measured is not in the metrics, and is left out as there.
     */
    static long used(ResourceSignal signal, PodReading pod) {
        long sum = NONE;
        for (ContainerReading container : pod.containers()) {
            boolean measured = container.cpuUsageMilli().isPresent()
                    || container.memoryUsageBytes().isPresent();
            if (!measured || !counts(signal, container)) {
                continue;
            }
            long used = milli(
                    signal.resource(),
                    signal.resource() == Resource.CPU ? container.cpuUsageMilli() : container.memoryUsageBytes());
            if (used == NONE) {
                return NONE;
            }
            sum = Sums.add(Math.max(0, sum), used);
        }
        return sum;
    }

    /**
     * What is requested for the named container, else for the pod as a whole, else for all containers together;
     * {@link #NONE} where one that counts has no request.
     */
    static long requested(ResourceSignal signal, PodReading pod) {
        boolean wholePod = signal.container().isEmpty()
                && (pod.cpuRequestMilli().isPresent()
                        || pod.memoryRequestBytes().isPresent());
        if (wholePod) {
            long request = milli(
                    signal.resource(),
                    signal.resource() == Resource.CPU ? pod.cpuRequestMilli() : pod.memoryRequestBytes());
            // What the pod as a whole leaves open is the sum of what its containers do request.
            return request == NONE ? ofContainers(signal, pod, true) : request;
        }
        return ofContainers(signal, pod, false);
    }

    private static long ofContainers(ResourceSignal signal, PodReading pod, boolean lenient) {
        long sum = signal.container().isPresent() || lenient ? NONE : 0;
        for (ContainerReading container : pod.containers()) {
            if (!counts(signal, container)) {
                continue;
            }
            long request = milli(
                    signal.resource(),
                    signal.resource() == Resource.CPU ? container.cpuRequestMilli() : container.memoryRequestBytes());
            if (request == NONE && !lenient) {
                return NONE;
            }
            sum = request == NONE ? sum : Sums.add(Math.max(0, sum), request);
        }
        return sum;
    }

    private static boolean counts(ResourceSignal signal, ContainerReading container) {
        return signal.container().isEmpty() || signal.container().get().equals(container.name());
    }

    private static long milli(Resource resource, OptionalLong amount) {
        if (amount.isEmpty()) {
            return NONE;
        }
        return resource == Resource.CPU ? amount.getAsLong() : Sums.times(amount.getAsLong(), MILLI_PER_BYTE);
    }
}
