package io.tidegate.decision.recommend;

import io.tidegate.decision.model.Basis;
import io.tidegate.decision.model.Recommendation;
import io.tidegate.decision.model.TargetState;
import io.tidegate.decision.policy.ValueSignal;
import io.tidegate.decision.policy.ValueTarget;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * autoscaling/v2's size for an External metric (v1.36.3, pkg/controller/podautoscaler, GetExternalPerPodMetricReplicas and
 * GetExternalMetricReplicas), and none while the number is not above the activation.
 */
final class ValueRecommender {
    private ValueRecommender() {}

    /**
     * Proposes a size.
     *
     * @param milli the number, in thousandths
     * @param observedAt when it was read
     */
    static Recommendation recommend(ValueSignal signal, long milli, Instant observedAt, Circumstances all) {
        boolean active = milli > signal.activationMilli();
        int current = all.target().replicas();
        int wanted = switch (signal.target()) {
            case ValueTarget.AverageValue average -> shared(milli, average.milli(), all);
            case ValueTarget.Value value -> proportional(new Share(milli, value.milli()), observedAt, all);
        };
        int size = active ? Math.max(1, wanted) : 0;
        boolean average = signal.target() instanceof ValueTarget.AverageValue;
        return new Recommendation(
                "value",
                signal.name(),
                size,
                active,
                OptionalDouble.empty(),
                new Basis.ValueAgainstTarget(milli, signal.target().milli(), average, active && size == current));
    }

    private static int shared(long milli, long each, Circumstances all) {
        int current = all.target().replicas();
        boolean tolerated = current > 0 && new Share(milli, times(each, current)).tolerated(all);
        return tolerated ? current : new Share(milli, each).replicas(1);
    }

    /** As far as pods are not ready, a number that is too large is no reason to shrink, nor one too small to grow. */
    private static int proportional(Share share, Instant observedAt, Circumstances all) {
        TargetState.Known target = all.target();
        int current = target.replicas();
        if (current == 0) {
            return share.replicas(1);
        }
        int ready = target.pods().ready();
        // A number from before the pods were as many as now has led to their being as many, and must not count twice.
        boolean old = observedAt.toEpochMilli() <= all.crew().readyAt();
        if (old || ready == 0 || share.tolerated(all)) {
            return current;
        }
        int size = share.replicas(ready);
        return share.direction() > 0 ? Math.max(size, current) : Math.min(size, current);
    }

    private static long times(long each, int count) {
        return each > Long.MAX_VALUE / count ? Long.MAX_VALUE : each * count;
    }
}
