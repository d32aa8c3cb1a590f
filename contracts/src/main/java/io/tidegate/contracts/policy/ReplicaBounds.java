package io.tidegate.contracts.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Absolute bounds of the size, both included.
 *
 * @param min fewest replicas, at least 0
 * @param max most replicas, at least {@code min} and at least 1
 */
public record ReplicaBounds(int min, int max) {

    static final int DEFAULT_MIN = 0;
    static final int DEFAULT_MAX = 10;

    /** What holds where a policy says nothing. */
    public static final ReplicaBounds DEFAULT = new ReplicaBounds(DEFAULT_MIN, DEFAULT_MAX);

    public ReplicaBounds {
        if (min < 0 || max < 1 || max < min) {
            throw new IllegalArgumentException(
                    "replicas must satisfy 0 <= min <= max and max >= 1: min " + min + ", max " + max);
        }
    }

    @JsonCreator
    static ReplicaBounds of(@JsonProperty("min") @Nullable Integer min, @JsonProperty("max") @Nullable Integer max) {
        return new ReplicaBounds(min == null ? DEFAULT_MIN : min, max == null ? DEFAULT_MAX : max);
    }
}
