package io.tidegate.decision.recommend;

import io.tidegate.decision.model.Basis;
import io.tidegate.decision.model.Recommendation;
import io.tidegate.decision.signal.ScheduleObservation;
import java.util.OptionalDouble;

/** The size of a schedule within its windows, nothing outside of them. */
final class ScheduleRecommender {
    private ScheduleRecommender() {}

    static Recommendation recommend(ScheduleObservation seen) {
        int size = seen.open() ? seen.signal().replicas() : 0;
        return new Recommendation(
                "schedule",
                seen.signal().name(),
                size,
                size > 0,
                OptionalDouble.empty(),
                new Basis.Scheduled(seen.open(), seen.changesAt()));
    }
}
