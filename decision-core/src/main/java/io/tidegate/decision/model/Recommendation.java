package io.tidegate.decision.model;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A size that one recommender proposes for one signal.
 *
 * @param recommender {@code lag}, {@code rate}, {@code utilization}, {@code batch},
 *     {@code streaming}, {@code value}, {@code schedule} or {@code formula}
 * @param size proposed replicas, before any guard
 * @param active whether the signal says that there is work
 * @param ratio demand over what the current size is meant for; empty where there is no such ratio
 * @param basis what the size rests on
 */
public record Recommendation(
        String recommender, String signal, int size, boolean active, OptionalDouble ratio, Basis basis) {
    public Recommendation {
        Objects.requireNonNull(recommender, "recommender");
        Objects.requireNonNull(signal, "signal");
        if (size < 0) {
            throw new IllegalArgumentException("a size must not be negative: " + size);
        }
        Objects.requireNonNull(ratio, "ratio");
        Objects.requireNonNull(basis, "basis");
    }

    /** The proposal in plain English, with its numbers. */
    public String sentence() {
        return Sentences.of(this);
    }
}
