package io.tidegate.contracts.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a Spark application is scaled.
 *
 * @param mode who asks for executors; absent means as the application runs
 * @param allowStageRetry whether executors may be let go while a stage reads their shuffle, at the price of a retry of that stage
 * @param query name of the streaming query that counts; absent means batch, or the only query there is
 * @param trigger the query's trigger interval; absent means as the query says
 */
public record SparkSpec(
        @Nullable SparkMode mode,
        boolean allowStageRetry,
        @Nullable String query,
        @Nullable Duration trigger) {

    /** Longest name of a query that a policy may give. */
    public static final int MAX_QUERY = 253;

    public SparkSpec {
        if (query != null && (query.isEmpty() || query.length() > MAX_QUERY)) {
            throw new IllegalArgumentException(
                    "spark.query must have 1 to " + MAX_QUERY + " characters: " + query.length());
        }
        if (trigger != null && trigger.isNegative()) {
            throw new IllegalArgumentException("spark.trigger must not be negative: " + trigger);
        }
    }

    @JsonCreator
    static SparkSpec of(
            @JsonProperty("mode") @Nullable SparkMode mode,
            @JsonProperty("allowStageRetry") @Nullable Boolean allowStageRetry,
            @JsonProperty("query") @Nullable String query,
            @JsonProperty("trigger") @Nullable Duration trigger) {
        return new SparkSpec(mode, allowStageRetry != null && allowStageRetry, query, trigger);
    }

    /** Who asks for executors, spelled as in policies. */
    public enum SparkMode {
        /** Spark's dynamic allocation, within a floor and a cap that follow decisions. */
        bounded,
        /** Tidegate alone; dynamic allocation is off. */
        managed
    }
}
