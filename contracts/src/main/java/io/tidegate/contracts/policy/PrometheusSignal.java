package io.tidegate.contracts.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one number that a query to a Prometheus gives, as an External metric of autoscaling/v2. Exactly one of the two targets is
 * given.
 *
 * @param connectionRef name of a Connection in the policy's namespace
 * @param query text in the query language of Prometheus, 1 to {@value #MAX_QUERY} characters
 * @param averageValueMilli what each replica is to have of the number, in thousandths, at least 1
 * @param valueMilli what the number itself is to be, in thousandths, at least 1
 * @param activationMilli number above which the workload is active, in thousandths, at least 0
 * @param maxAge how old what the query is answered from may be, 1 s to 1 h
 */
public record PrometheusSignal(
        String connectionRef,
        String query,
        @Nullable Long averageValueMilli,
        @Nullable Long valueMilli,
        long activationMilli,
        Duration maxAge) {

    /** Longest query. */
    public static final int MAX_QUERY = 4096;

    /** Two scrapes at the usual longest interval, 1 min. */
    static final Duration DEFAULT_MAX_AGE = Duration.ofMinutes(2);

    private static final Duration LEAST_AGE = Duration.ofSeconds(1);
    private static final Duration MOST_AGE = Duration.ofHours(1);

    public PrometheusSignal {
        Objects.requireNonNull(connectionRef, "prometheus.connectionRef");
        Objects.requireNonNull(query, "prometheus.query");
        Objects.requireNonNull(maxAge, "prometheus.maxAge");
        if (query.isBlank() || query.length() > MAX_QUERY) {
            throw new IllegalArgumentException(
                    "prometheus.query must have 1 to " + MAX_QUERY + " characters: " + query.length());
        }
        if ((averageValueMilli == null) == (valueMilli == null)) {
            throw new IllegalArgumentException("prometheus needs averageValue or value, and not both of them");
        }
        if (averageValueMilli != null && averageValueMilli < 1) {
            throw new IllegalArgumentException(
                    "prometheus.averageValue must be more than 0: " + averageValueMilli + "m");
        }
        if (valueMilli != null && valueMilli < 1) {
            throw new IllegalArgumentException("prometheus.value must be more than 0: " + valueMilli + "m");
        }
        if (activationMilli < 0) {
            throw new IllegalArgumentException("prometheus.activation must be at least 0: " + activationMilli + "m");
        }
        if (maxAge.compareTo(LEAST_AGE) < 0 || maxAge.compareTo(MOST_AGE) > 0) {
            throw new IllegalArgumentException("prometheus.maxAge must be 1s to 1h: " + maxAge);
        }
    }

    @JsonCreator
    static PrometheusSignal of(
            @JsonProperty("connectionRef") String connectionRef,
            @JsonProperty("query") String query,
            @JsonProperty("averageValueMilli") @Nullable Long averageValueMilli,
            @JsonProperty("valueMilli") @Nullable Long valueMilli,
            @JsonProperty("activationMilli") @Nullable Long activationMilli,
            @JsonProperty("maxAge") @Nullable Duration maxAge) {
        return new PrometheusSignal(
                connectionRef,
                query,
                averageValueMilli,
                valueMilli,
                activationMilli == null ? 0 : activationMilli,
                maxAge == null ? DEFAULT_MAX_AGE : maxAge);
    }
}
