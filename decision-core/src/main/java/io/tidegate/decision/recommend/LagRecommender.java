package io.tidegate.decision.recommend;

import io.tidegate.decision.model.Basis;
import io.tidegate.decision.model.Recommendation;
import io.tidegate.decision.model.TargetState;
import io.tidegate.decision.policy.KafkaSignal;
import io.tidegate.decision.signal.Totals;
import java.util.OptionalDouble;

/** A replica per {@code lagThreshold} records of lag, for policies without an objective. */
public final class LagRecommender {
    private LagRecommender() {}

    /**
     * Proposes {@code ceil(lag / threshold)}, at least 1 while active, at most one replica per partition.
     *
     * @param complete whether {@code totals} cover all partitions
     */
    public static Recommendation recommend(
            KafkaSignal signal, Totals totals, boolean complete, TargetState.Known target) {
        long lag = totals.lag();
        int partitions = totals.partitions();
        int statusReplicas = target.statusReplicas();
        boolean active = lag > signal.activation();
        long threshold = signal.lagThreshold();
        long wanted = active ? Math.max(1, lag / threshold + (lag % threshold == 0 ? 0 : 1)) : 0;
        int cap = 0;
        if (!signal.allowIdleConsumers() && wanted > partitions) {
            cap = partitions;
            wanted = partitions;
        }
        // Lag beyond what the partitions can share has no say, as in the lag scalers that users know.
        double shared = cap == 0 ? lag : (double) cap * threshold;
        OptionalDouble ratio = statusReplicas == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(shared / ((double) threshold * statusReplicas));
        int size = (int) Math.min(Integer.MAX_VALUE, wanted);
        return new Recommendation(
                "lag", signal.name(), size, active, ratio, new Basis.LagPerReplica(lag, threshold, cap, complete));
    }
}
