package io.tidegate.decision.signal;

import io.tidegate.decision.model.LearnedRate;
import io.tidegate.decision.model.Reason;
import io.tidegate.decision.policy.KafkaSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The lag of a group as it stands at the time of a decision. Rates and {@code waited} are those of the newest usable sample.
 *
 * @param age of the newest sample; zero if there is none
 * @param usableAt the newest usable sample, or else the first sight of the signal
 * @param arrivalRate records/s
 * @param processedRate records/s of the whole group, between its last two commits
 * @param waited estimated age of the oldest record that waits
 * @param commitInterval learned time between two commits of a consumer
 */
public record LagObservation(
        KafkaSignal signal,
        LagMeasure lag,
        Duration age,
        Instant usableAt,
        OptionalDouble arrivalRate,
        OptionalDouble processedRate,
        Duration waited,
        Optional<Duration> commitInterval,
        Optional<LearnedRate> learnedRate)
        implements Observation {
    @Override
    public Reason gap() {
        return switch (lag) {
            case LagMeasure.Unknown unknown -> unknown.reason();
            case LagMeasure.AtLeast ignored -> Reason.SIGNAL_UNKNOWN;
            case LagMeasure.Known ignored -> Reason.PASSED;
        };
    }

    @Override
    public String gapDetail() {
        return switch (lag) {
            case LagMeasure.Unknown unknown -> unknown.detail();
            case LagMeasure.AtLeast ignored -> "the offsets of some partitions are not known";
            case LagMeasure.Known ignored -> "";
        };
    }
}
