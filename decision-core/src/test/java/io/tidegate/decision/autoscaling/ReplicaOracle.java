package io.tidegate.decision.autoscaling;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** GetResourceReplicas and calcPlainMetricReplicas, with fractions instead of doubles. */
public final class ReplicaOracle {
    private final boolean utilization;
    private final long target;
    private final boolean cpu;
    /** Memory is told in bytes. */
    private final long unit;

    private final long initialization;
    private final long readinessDelay;
    /** In hundredths. */
    private final int toleranceUp;

    private final int toleranceDown;

    public ReplicaOracle(
            boolean utilization, long target, boolean cpu, long[] periods, int toleranceUp, int toleranceDown) {
        this.utilization = utilization;
        this.target = target;
        this.cpu = cpu;
        this.unit = cpu ? 1 : 1_000;
        this.initialization = periods[0];
        this.readinessDelay = periods[1];
        this.toleranceUp = toleranceUp;
        this.toleranceDown = toleranceDown;
    }

    /** The proposal, empty for an error. */
    public OptionalInt propose(List<SimplePod> pods, int current, long now) {
        Map<String, Long> metrics = new HashMap<>();
        Map<String, Long> requests = new HashMap<>();
        Set<String> unready = new HashSet<>();
        Set<String> missing = new HashSet<>();
        int ready = 0;
        for (SimplePod pod : pods) {
            requests.put(pod.name(), pod.request() * unit);
            if (pod.deleted() || pod.failed()) {
                continue;
            }
            if (pod.pending()) {
                unready.add(pod.name());
                continue;
            }
            if (pod.usage() < 0) {
                missing.add(pod.name());
                continue;
            }
            if (cpu && startsStill(pod, now)) {
                unready.add(pod.name());
                continue;
            }
            metrics.put(pod.name(), pod.usage() * unit);
            ready++;
        }
        if (metrics.isEmpty()) {
            return OptionalInt.empty();
        }
        long first = measured(metrics, requests);
        boolean scaleUpWithUnready = !unready.isEmpty() && first > target;
        if (!scaleUpWithUnready && missing.isEmpty()) {
            return OptionalInt.of(within(first) ? current : ceil(first, ready));
        }
        for (String name : missing) {
            if (first < target) {
                long fallback = Math.max(100, target);
                metrics.put(name, utilization ? requests.getOrDefault(name, 0L) * fallback / 100 : target);
            } else if (first > target) {
                metrics.put(name, 0L);
            }
        }
        if (scaleUpWithUnready) {
            unready.forEach(name -> metrics.put(name, 0L));
        }
        long second = measured(metrics, requests);
        if (within(second) || (first < target && second > target) || (first > target && second < target)) {
            return OptionalInt.of(current);
        }
        int replicas = ceil(second, metrics.size());
        boolean contradicts = (second < target && replicas > current) || (second > target && replicas < current);
        return OptionalInt.of(contradicts ? current : replicas);
    }

    private boolean startsStill(SimplePod pod, long now) {
        if (pod.condition() < 0) {
            return true;
        }
        if (pod.startedAt() + initialization > now) {
            return pod.condition() == 0 || pod.sampledAt() < pod.changedAt() + pod.window();
        }
        return pod.condition() == 0 && pod.startedAt() + readinessDelay > pod.changedAt();
    }

    private long measured(Map<String, Long> metrics, Map<String, Long> requests) {
        long used = 0;
        long requested = 0;
        for (Map.Entry<String, Long> metric : metrics.entrySet()) {
            used += metric.getValue();
            requested += requests.getOrDefault(metric.getKey(), 0L);
        }
        return utilization ? used * 100 / requested : used / metrics.size();
    }

    private boolean within(long measured) {
        return measured * 100 >= target * (100 - toleranceDown) && measured * 100 <= target * (100 + toleranceUp);
    }

    private int ceil(long measured, int pods) {
        return (int) ((measured * pods + target - 1) / target);
    }
}
