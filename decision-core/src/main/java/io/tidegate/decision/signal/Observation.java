package io.tidegate.decision.signal;

import io.tidegate.decision.model.LearnedRate;
import io.tidegate.decision.policy.KafkaSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One signal as it stands at the time of a decision. Rates and {@code waited} are those of the newest usable sample.
 *
 * @param age of the newest sample; zero if there is none
 * @param usableAt the newest usable sample, or else the first sight of the signal
 * @param arrivalRate records/s
 * @param processedRate records/s of the whole group, between its last two commits
 * @param waited estimated age of the oldest record that waits
 * @param commitInterval learned time between two commits of a consumer
 */
public record Observation(
        KafkaSignal signal,
        LagMeasure lag,
        Duration age,
        Instant usableAt,
        OptionalDouble arrivalRate,
        OptionalDouble processedRate,
        Duration waited,
        Optional<Duration> commitInterval,
        Optional<LearnedRate> learnedRate) {}
