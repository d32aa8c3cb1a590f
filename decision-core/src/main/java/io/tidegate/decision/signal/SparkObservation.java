package io.tidegate.decision.signal;

import io.tidegate.decision.model.Reason;
import io.tidegate.decision.policy.SparkSignal;
import java.time.Duration;
import java.time.Instant;

/**
 * A Spark application as it stands at the time of a decision.
 *
 * @param age of the newest sample; zero if there is none
 * @param usableAt the newest usable sample, or else the first sight of the application
 * @param course what has been seen of it, the newest sample included
 * @param executorStart learned time from asking for an executor to its registration
 */
public record SparkObservation(
        SparkSignal signal,
        SparkMeasure measure,
        Duration age,
        Instant usableAt,
        SparkMemory course,
        Duration executorStart)
        implements Observation {
    /** Three of the snapshots that come at least each 5 s. */
    private static final Duration OVERDUE_AFTER = Duration.ofSeconds(15);

    @Override
    public Duration overdueAfter() {
        return OVERDUE_AFTER;
    }

    @Override
    public Reason gap() {
        return switch (measure) {
            case SparkMeasure.Unknown unknown -> unknown.reason();
            case SparkMeasure.AtLeast ignored -> Reason.SIGNAL_UNKNOWN;
            case SparkMeasure.Known ignored -> Reason.PASSED;
        };
    }

    @Override
    public String gapDetail() {
        return switch (measure) {
            case SparkMeasure.Unknown unknown -> unknown.detail();
            case SparkMeasure.AtLeast ignored -> "the application has more stages than the sample tells of";
            case SparkMeasure.Known ignored -> "";
        };
    }
}
