package io.tidegate.decision.recommend;

import io.tidegate.decision.model.Basis;
import io.tidegate.decision.model.Recommendation;
import io.tidegate.decision.model.TargetState;
import io.tidegate.decision.policy.KafkaSignal;
import io.tidegate.decision.policy.LagOptions;
import io.tidegate.decision.signal.Totals;
import java.util.OptionalDouble;

/** A replica per {@code lagThreshold} records of lag, for policies without an objective. */
public final class LagRecommender {
    private LagRecommender() {}

    /**
     * Proposes {@code ceil(lag / threshold)}, at least 1 while active, and what the signal's options make of it.
     *
     * @param complete whether {@code totals} cover all partitions
     */
    public static Recommendation recommend(
            KafkaSignal signal, Totals totals, boolean complete, TargetState.Known target) {
        long lag = totals.lag();
        boolean active = totals.waiting() > signal.activation();
        long threshold = signal.lagThreshold();
        long needed = active ? Math.max(1, Math.ceilDiv(lag, threshold)) : 0;
        Basis.Bound bound = bound(signal);
        int most = bound == Basis.Bound.PARTITIONS_WITH_LAG ? Math.max(1, totals.lagging()) : totals.partitions();
        long wanted = switch (bound) {
            case NONE -> needed;
            case PARTITIONS, PARTITIONS_WITH_LAG -> Math.min(needed, most);
            case EVEN_SHARES -> needed == 0 ? 0 : evenly(needed, most);
        };
        int statusReplicas = target.statusReplicas();
        // Lag beyond what the partitions can share has no say, as in the lag scalers that users know.
        double shared = wanted < needed ? (double) wanted * threshold : lag;
        OptionalDouble ratio = statusReplicas == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(shared / ((double) threshold * statusReplicas));
        return new Recommendation(
                "lag",
                signal.name(),
                (int) Math.min(Integer.MAX_VALUE, wanted),
                active,
                ratio,
                new Basis.LagPerReplica(
                        lag,
                        totals.standing(),
                        threshold,
                        wanted == needed ? Basis.Bound.NONE : bound,
                        wanted == needed ? 0 : most,
                        complete));
    }

    private static Basis.Bound bound(KafkaSignal signal) {
        LagOptions options = signal.options();
        if (options.evenDistribution()) {
            return Basis.Bound.EVEN_SHARES;
        }
        if (options.limitToPartitionsWithLag()) {
            return Basis.Bound.PARTITIONS_WITH_LAG;
        }
        return signal.allowIdleConsumers() ? Basis.Bound.NONE : Basis.Bound.PARTITIONS;
    }

    /** The smallest size of at least {@code wanted} that shares the partitions evenly; one each if there is none. */
    static int evenly(long wanted, int partitions) {
        // Of two sizes that divide a number one is at most its root, so that no more than 46,340 are tried.
        int best = partitions;
        for (int small = 1; (long) small * small <= partitions; small++) {
            if (partitions % small == 0) {
                int large = partitions / small;
                best = small >= wanted ? Math.min(best, small) : best;
                best = large >= wanted ? Math.min(best, large) : best;
            }
        }
        return best;
    }
}
