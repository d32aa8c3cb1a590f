package io.tidegate.decision.guard;

import io.tidegate.decision.model.Reason;
import io.tidegate.decision.model.Recommendation;
import io.tidegate.decision.model.Verdict;
import io.tidegate.decision.recommend.Combination;
import java.util.Optional;

/**
 * autoscaling/v2's tolerance, for each recommendation that has a ratio: one that misses its target by no more counts as
 * the current size. Bounds included. Only where {@code behavior} sets it: lag is exact, and waiting costs latency.
 */
public record Tolerance() implements Guard {
    public static final String NAME = "tolerance";

    @Override
    public Verdict judge(Situation situation, int size) {
        if (situation.up().tolerance().isEmpty() && situation.down().tolerance().isEmpty()) {
            return Verdict.pass(NAME, size);
        }
        double up = situation.up().tolerance().orElse(0);
        double down = situation.down().tolerance().orElse(0);
        int current = situation.current();
        boolean any = false;
        for (Recommendation recommendation : situation.recommendations()) {
            any |= within(recommendation, up, down);
        }
        // A size that freshness holds or raises is not up to the recommendations.
        if (!any || size != situation.combined().size()) {
            return Verdict.pass(NAME, size);
        }
        int tolerated = Combination.with(
                        situation.policy(),
                        situation.recommendations(),
                        recommendation -> within(recommendation, up, down) ? current : recommendation.size())
                .orElse(size);
        // A formula may make more than the current size of current sizes; a tolerance is never a reason to move.
        int after = Math.clamp(tolerated, Math.min(size, current), Math.max(size, current));
        return after == size
                ? Verdict.pass(NAME, size)
                : Guard.limit(NAME, situation, size, after, Reason.WITHIN_TOLERANCE, Optional.empty());
    }

    private static boolean within(Recommendation recommendation, double up, double down) {
        return recommendation.active()
                && recommendation.ratio().isPresent()
                && recommendation.ratio().getAsDouble() >= 1 - down
                && recommendation.ratio().getAsDouble() <= 1 + up;
    }
}
