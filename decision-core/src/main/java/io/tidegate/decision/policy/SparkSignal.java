package io.tidegate.decision.policy;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The work of a Spark application: what its jobs have left to do, or what its streaming query has to keep up with.
 *
 * @param mode empty means what the application runs
 * @param allowStageRetry whether executors may leave while a stage reads what they hold, at the price of its retry
 * @param query the streaming query that counts; empty means all that run, and without any the jobs
 * @param trigger from one batch's begin to the next one's; empty means as the application says
 * @param batchOverTrigger how much of a trigger a batch may take; above 0, at most 1
 */
public record SparkSignal(
        Optional<SparkMode> mode,
        boolean allowStageRetry,
        Optional<String> query,
        Optional<Duration> trigger,
        double batchOverTrigger)
        implements Signal {
    /** The name of the signal, and of the sample that serves it. */
    public static final String SAMPLE = "spark";
    /** The rest of a trigger is for the batch after a rise, which is larger before the size can be. */
    public static final double DEFAULT_BATCH_OVER_TRIGGER = 0.7;

    private static final Duration LONGEST = Duration.ofDays(1);

    public SparkSignal {
        Objects.requireNonNull(mode, "mode");
        if (query.isPresent() && query.get().isBlank()) {
            throw new IllegalArgumentException("spark.query must not be blank");
        }
        if (trigger.isPresent() && (trigger.get().isNegative() || trigger.get().compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException("spark.trigger must be 0 s to 1 day: " + trigger.get());
        }
        if (!(batchOverTrigger > 0 && batchOverTrigger <= 1)) {
            throw new IllegalArgumentException(
                    "objective.batchOverTrigger must be above 0 and at most 1: " + batchOverTrigger);
        }
    }

    /** Nothing is said but that it is a Spark application. */
    public static SparkSignal plain() {
        return new SparkSignal(Optional.empty(), false, Optional.empty(), Optional.empty(), DEFAULT_BATCH_OVER_TRIGGER);
    }

    @Override
    public String name() {
        return SAMPLE;
    }
}
