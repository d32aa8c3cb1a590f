package io.tidegate.decision.signal;

import io.tidegate.decision.model.PodPhase;
import io.tidegate.decision.model.PodReading;
import io.tidegate.decision.model.Reading;
import io.tidegate.decision.model.Reason;
import io.tidegate.decision.policy.Resource;
import io.tidegate.decision.policy.ResourceSignal;
import io.tidegate.decision.policy.ResourceTarget;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sorts pods into autoscaling/v2's groups (v1.36.3, pkg/controller/podautoscaler, groupPods) and sums them up. */
final class UsageMeter {
    /** A pod that its target lets use more than it requests is filled up to that. */
    private static final long ALL_PERCENT = 100;

    private static final int IGNORED = 0;
    private static final int UNREADY = 1;
    private static final int MISSING = 2;
    private static final int READY = 3;
    private static final int GROUPS = 4;

    private UsageMeter() {}

    static UsageMeasure measure(ResourceSignal signal, Reading reading, Instant now) {
        return switch (reading) {
            case Reading.Failed failed -> new UsageMeasure.Unknown(Reason.SIGNAL_FAILED, failed.error());
            case Reading.Offsets ignored -> unknown("the sample holds offsets instead of pods");
            case Reading.Spark ignored -> unknown("the sample holds an application's state instead of pods");
            case Reading.Value ignored -> unknown("the sample holds a number instead of pods");
            case Reading.Pods pods -> sum(signal, pods.pods(), now.toEpochMilli());
        };
    }

    private static UsageMeasure sum(ResourceSignal signal, List<PodReading> pods, long now) {
        boolean byRequest = signal.target() instanceof ResourceTarget.AverageUtilization;
        int[] counts = new int[GROUPS];
        long[] requested = new long[GROUPS];
        long used = 0;
        long filled = 0;
        long regroupedAt = Long.MAX_VALUE;
        for (PodReading pod : pods) {
            long request = byRequest ? PodUsage.requested(signal, pod) : 0;
            if (request == PodUsage.NONE) {
                return unknown(noRequest(signal, pod));
            }
            long use = PodUsage.used(signal, pod);
            int group = group(signal, pod, use, now);
            counts[group]++;
            requested[group] = Sums.add(requested[group], request);
            used = group == READY ? Sums.add(used, use) : used;
            filled = group == MISSING ? Sums.add(filled, filled(signal.target(), request)) : filled;
            regroupedAt = group == IGNORED ? regroupedAt : Math.min(regroupedAt, initializedAt(signal, pod, now));
        }
        int ready = counts[READY];
        if (ready == 0) {
            return unknown(
                    pods.isEmpty() ? "the target has no pod" : "no pod that is ready has a metric of " + of(signal));
        }
        if (byRequest && requested[READY] == 0) {
            return unknown("the pods that are ready request none of " + of(signal));
        }
        return new UsageMeasure.Known(new PodTotals(
                ready,
                used,
                requested[READY],
                counts[MISSING],
                requested[MISSING],
                filled,
                counts[UNREADY],
                requested[UNREADY],
                regroupedAt));
    }

    private static int group(ResourceSignal signal, PodReading pod, long used, long now) {
        if (pod.deleted() || pod.phase() == PodPhase.FAILED) {
            return IGNORED;
        }
        if (pod.phase() == PodPhase.PENDING) {
            return UNREADY;
        }
        if (used == PodUsage.NONE) {
            return MISSING;
        }
        return signal.resource() == Resource.CPU && unready(signal, pod, now) ? UNREADY : READY;
    }

    /** Whether a pod's CPU tells of its start rather than of its work. */
    private static boolean unready(ResourceSignal signal, PodReading pod, long now) {
        if (pod.ready().isEmpty() || pod.startedAt().isEmpty()) {
            return true;
        }
        boolean ready = pod.ready().get();
        long startedAt = millis(pod.startedAt());
        if (startedAt + signal.cpuInitializationPeriod().toMillis() > now) {
            // A window that began before the pod became ready has measured its start too.
            return !ready
                    || millis(pod.sampledAt())
                            < Sums.add(
                                    millis(pod.readyChangedAt()),
                                    pod.windowMillis().orElse(0));
        }
        return !ready && startedAt + signal.initialReadinessDelay().toMillis() > millis(pod.readyChangedAt());
    }

    private static long initializedAt(ResourceSignal signal, PodReading pod, long now) {
        if (signal.resource() != Resource.CPU || pod.startedAt().isEmpty()) {
            return Long.MAX_VALUE;
        }
        long at = millis(pod.startedAt()) + signal.cpuInitializationPeriod().toMillis();
        return at > now ? at : Long.MAX_VALUE;
    }

    private static long filled(ResourceTarget target, long request) {
        return switch (target) {
            case ResourceTarget.AverageValue value -> value.milli();
            case ResourceTarget.AverageUtilization utilization -> {
                long percent = Math.max(ALL_PERCENT, utilization.percent());
                // Split so that no request, however large, overflows: (100 a + b) x p / 100 = a p + b p / 100.
                yield Sums.add(
                        Sums.times(request / ALL_PERCENT, percent), request % ALL_PERCENT * percent / ALL_PERCENT);
            }
        };
    }

    /** Kubernetes' zero time, for times that it has not set. */
    private static long millis(Optional<Instant> time) {
        return time.isPresent() ? time.get().toEpochMilli() : 0;
    }

    private static String noRequest(ResourceSignal signal, PodReading pod) {
        return pod.name() + " has a container without a request for " + of(signal);
    }

    private static String of(ResourceSignal signal) {
        return signal.resource().word()
                + signal.container().map(name -> " of container " + name).orElse("");
    }

    private static UsageMeasure unknown(String detail) {
        return new UsageMeasure.Unknown(Reason.SIGNAL_UNKNOWN, detail);
    }
}
