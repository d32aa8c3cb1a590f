package io.tidegate.decision.recommend;

import io.tidegate.decision.model.Recommendation;
import io.tidegate.decision.model.TargetState;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.signal.CrewMemory;
import io.tidegate.decision.signal.LagMeasure;
import io.tidegate.decision.signal.Observation;
import java.time.Instant;
import java.util.Optional;

/** Chooses the recommender of a signal: by rate where there is an objective to hold, by threshold elsewhere. */
public final class Recommenders {
    private Recommenders() {}

    /** What the signal asks for; empty while it is unknown. */
    public static Optional<Recommendation> recommend(
            Policy policy, Observation seen, CrewMemory crew, TargetState.Known target, Instant now) {
        return switch (seen.lag()) {
            case LagMeasure.Unknown ignored -> Optional.empty();
            case LagMeasure.Known known ->
                Optional.of(
                        policy.objective().isPresent()
                                ? RateRecommender.recommend(
                                        seen, known.totals(), policy.objective().get(), crew, target, now)
                                : LagRecommender.recommend(seen.signal(), known.totals(), true, target));
            case LagMeasure.AtLeast atLeast ->
                Optional.of(
                        policy.objective().isPresent()
                                ? RateRecommender.recommend(
                                        seen,
                                        atLeast.totals(),
                                        policy.objective().get(),
                                        crew,
                                        target,
                                        now)
                                : LagRecommender.recommend(seen.signal(), atLeast.totals(), false, target));
        };
    }
}
