package io.tidegate.decision.recommend;

import io.tidegate.decision.model.Reading;
import io.tidegate.decision.model.Recommendation;
import io.tidegate.decision.policy.SparkSignal;
import io.tidegate.decision.signal.LagMeasure;
import io.tidegate.decision.signal.LagObservation;
import io.tidegate.decision.signal.Observation;
import io.tidegate.decision.signal.ScheduleObservation;
import io.tidegate.decision.signal.SparkMeasure;
import io.tidegate.decision.signal.SparkObservation;
import io.tidegate.decision.signal.Totals;
import io.tidegate.decision.signal.UsageMeasure;
import io.tidegate.decision.signal.UsageObservation;
import io.tidegate.decision.signal.ValueMeasure;
import io.tidegate.decision.signal.ValueObservation;
import java.util.Optional;

/** Chooses the recommender of a signal; for lag, by rate where there is an objective to hold, else by threshold. */
public final class Recommenders {
    private Recommenders() {}

    /** What the signal asks for; empty while it is unknown. */
    public static Optional<Recommendation> recommend(Observation seen, Circumstances all) {
        return switch (seen) {
            case LagObservation lag -> byLag(lag, all);
            case UsageObservation usage ->
                switch (usage.usage()) {
                    case UsageMeasure.Unknown ignored -> Optional.empty();
                    case UsageMeasure.AtRest ignored -> Optional.of(UsageRecommender.atRest(usage.signal()));
                    case UsageMeasure.Known known ->
                        Optional.of(UsageRecommender.recommend(usage.signal(), known.totals(), all));
                };
            case SparkObservation spark ->
                switch (spark.measure()) {
                    case SparkMeasure.Unknown ignored -> Optional.empty();
                    case SparkMeasure.AtLeast atLeast -> Optional.of(bySpark(spark, atLeast.reading(), all));
                    case SparkMeasure.Known known -> Optional.of(bySpark(spark, known.reading(), all));
                };
            case ValueObservation value ->
                switch (value.value()) {
                    case ValueMeasure.Unknown ignored -> Optional.empty();
                    case ValueMeasure.Known known ->
                        Optional.of(ValueRecommender.recommend(
                                value.signal(), known.milli(), all.now().minus(value.age()), all));
                };
            case ScheduleObservation schedule -> Optional.of(ScheduleRecommender.recommend(schedule));
        };
    }

    /** Whether the application's size follows its streaming queries, rather than its jobs. */
    public static boolean streams(SparkSignal signal, Reading.Spark reading) {
        return signal.query().isPresent() || !reading.queries().isEmpty();
    }

    private static Recommendation bySpark(SparkObservation seen, Reading.Spark reading, Circumstances all) {
        return streams(seen.signal(), reading)
                ? StreamingRecommender.recommend(seen, reading, all)
                : BatchRecommender.recommend(seen, reading, all);
    }

    private static Optional<Recommendation> byLag(LagObservation seen, Circumstances all) {
        return switch (seen.lag()) {
            case LagMeasure.Unknown ignored -> Optional.empty();
            case LagMeasure.Known known -> Optional.of(byLag(seen, known.totals(), true, all));
            case LagMeasure.AtLeast atLeast -> Optional.of(byLag(seen, atLeast.totals(), false, all));
        };
    }

    private static Recommendation byLag(LagObservation seen, Totals totals, boolean complete, Circumstances all) {
        return all.policy().latency().isPresent()
                ? RateRecommender.recommend(
                        seen, totals, all.policy().latency().get(), all.crew(), all.target(), all.now())
                : LagRecommender.recommend(seen.signal(), totals, complete, all.target());
    }
}
