package io.tidegate.contracts.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What must hold.
 *
 * @param maxLatency longest time from a record's append to the commit that covers it
 * @param percentile share of records that must keep it, in percent, 1 to 100
 */
public record Objective(Duration maxLatency, int percentile) {

    static final int DEFAULT_PERCENTILE = 99;

    public Objective {
        Objects.requireNonNull(maxLatency, "objective.maxLatency");
        if (maxLatency.isNegative() || maxLatency.isZero()) {
            throw new IllegalArgumentException("objective.maxLatency must be positive: " + maxLatency);
        }
        if (percentile < 1 || percentile > 100) {
            throw new IllegalArgumentException("objective.percentile must be 1 to 100: " + percentile);
        }
    }

    @JsonCreator
    static Objective of(
            @JsonProperty("maxLatency") Duration maxLatency, @JsonProperty("percentile") @Nullable Integer percentile) {
        return new Objective(maxLatency, percentile == null ? DEFAULT_PERCENTILE : percentile);
    }
}
