package io.tidegate.decision.recommend;

import io.tidegate.decision.model.Basis;
import io.tidegate.decision.model.Recommendation;
import io.tidegate.decision.policy.Resource;
import io.tidegate.decision.policy.ResourceSignal;
import io.tidegate.decision.policy.ResourceTarget;
import io.tidegate.decision.signal.PodTotals;
import java.util.OptionalDouble;

/**
 * autoscaling/v2's size for the use of a resource (v1.36.3, pkg/controller/podautoscaler, GetResourceReplicas and
 * calcPlainMetricReplicas), in whole numbers: pods without a metric, or not ready, are filled in so that they argue
 * against the change, and the change is dropped if they turn it round.
 */
public final class UsageRecommender {
    private static final int MILLI = 1_000;

    private UsageRecommender() {}

    /** Proposes a size for what the {@code pods} use. */
    public static Recommendation recommend(ResourceSignal signal, PodTotals pods, Circumstances all) {
        Share share = share(signal.target(), pods.used(), pods.requested(), pods.ready());
        boolean unreadyCount = pods.unready() > 0 && share.direction() > 0;
        boolean plain = !unreadyCount && pods.missing() == 0;
        int current = all.target().replicas();
        int size = plain
                ? share.tolerated(all) ? current : share.replicas(pods.ready())
                : cautious(signal.target(), pods, share, unreadyCount, all);
        // What idles uses something too: whether the last replica goes is up to the signals that can wake it again.
        int asked = all.policy().min() == 0 && size <= 1 ? 0 : size;
        return new Recommendation(
                "utilization",
                signal.name(),
                asked,
                asked > 0,
                OptionalDouble.empty(),
                basis(signal, share, pods, share.direction() != 0 && size == current));
    }

    /** Nothing runs, so nothing is asked for by what runs. */
    public static Recommendation atRest(ResourceSignal signal) {
        return new Recommendation(
                "utilization", signal.name(), 0, false, OptionalDouble.empty(), new Basis.NothingRuns());
    }

    private static int cautious(
            ResourceTarget target, PodTotals pods, Share share, boolean unreadyCount, Circumstances all) {
        int count = pods.ready();
        long used = pods.used();
        long requested = pods.requested();
        if (share.direction() != 0) {
            count += pods.missing();
            requested = add(requested, pods.missingRequested());
            used = share.direction() < 0 ? add(used, pods.missingFilled()) : used;
        }
        if (unreadyCount) {
            count += pods.unready();
            requested = add(requested, pods.unreadyRequested());
        }
        Share filled = share(target, used, requested, count);
        int current = all.target().replicas();
        if (filled.tolerated(all) || filled.direction() == -share.direction()) {
            return current;
        }
        int size = filled.replicas(count);
        return filled.direction() > 0 ? Math.max(size, current) : Math.min(size, current);
    }

    /** Averages are cut to whole percents and thousandths before they are compared, as there. */
    private static Share share(ResourceTarget target, long used, long requested, int pods) {
        return switch (target) {
            case ResourceTarget.AverageUtilization utilization ->
                new Share(Exact.percent(used, requested), utilization.percent());
            case ResourceTarget.AverageValue value -> new Share(used / pods, value.milli());
        };
    }

    private static Basis basis(ResourceSignal signal, Share share, PodTotals pods, boolean kept) {
        boolean memory = signal.resource() == Resource.MEMORY;
        String what = signal.resource().word()
                + signal.container().map(name -> " of container " + name).orElse("");
        Basis.Pods counted = new Basis.Pods(pods.ready(), pods.missing(), pods.unready());
        return switch (signal.target()) {
            case ResourceTarget.AverageUtilization ignored ->
                new Basis.Usage(what, "%", share.measured(), share.meant(), counted, kept);
            case ResourceTarget.AverageValue ignored ->
                memory
                        ? new Basis.Usage(what, "bytes", share.measured() / MILLI, share.meant() / MILLI, counted, kept)
                        : new Basis.Usage(what, "m", share.measured(), share.meant(), counted, kept);
        };
    }

    private static long add(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }
}
