package io.tidegate.contracts.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What must hold. Exactly one of {@code maxLatency}, {@code duration} and {@code deadline} is given; the latter two, and
 * {@code batchOverTrigger}, are for Spark applications.
 *
 * @param maxLatency longest time from a record's append to the commit that covers it
 * @param percentile share of records that must keep it, in percent, 1 to 100; absent without {@code maxLatency}, else 99 where it
 *     is not given
 * @param duration longest time from the start of a batch application to its end
 * @param deadline when a batch application must have ended
 * @param batchOverTrigger largest share of a stream's trigger interval that a batch may take, above 0 and at most 1; only with
 *     {@code maxLatency}
 */
public record Objective(
        @Nullable Duration maxLatency,
        @Nullable Integer percentile,
        @Nullable Duration duration,
        @Nullable Deadline deadline,
        @Nullable Double batchOverTrigger) {

    static final int DEFAULT_PERCENTILE = 99;

    @JsonCreator
    public Objective {
        if (Stream.of(maxLatency, duration, deadline).filter(Objects::nonNull).count() != 1) {
            throw new IllegalArgumentException("objective needs exactly one of maxLatency, duration and deadline");
        }
        requirePositive("objective.maxLatency", maxLatency);
        requirePositive("objective.duration", duration);
        if (maxLatency == null && (percentile != null || batchOverTrigger != null)) {
            throw new IllegalArgumentException(
                    "objective.percentile and objective.batchOverTrigger are given with maxLatency only");
        }
        percentile = maxLatency != null && percentile == null ? Integer.valueOf(DEFAULT_PERCENTILE) : percentile;
        if (percentile != null && (percentile < 1 || percentile > 100)) {
            throw new IllegalArgumentException("objective.percentile must be 1 to 100: " + percentile);
        }
        if (batchOverTrigger != null && !(batchOverTrigger > 0 && batchOverTrigger <= 1)) {
            throw new IllegalArgumentException(
                    "objective.batchOverTrigger must be above 0 and at most 1: " + batchOverTrigger);
        }
    }

    /** The objective of a consumer of records. */
    public Objective(Duration maxLatency, int percentile) {
        this(Objects.requireNonNull(maxLatency, "objective.maxLatency"), percentile, null, null, null);
    }

    /** Whether only a Spark application can have it. */
    public boolean needsSpark() {
        return maxLatency == null || batchOverTrigger != null;
    }

    private static void requirePositive(String name, @Nullable Duration duration) {
        if (duration != null && (duration.isNegative() || duration.isZero())) {
            throw new IllegalArgumentException(name + " must be positive: " + duration);
        }
    }
}
