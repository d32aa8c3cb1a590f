package io.tidegate.decision.model;

import java.time.Duration;
import java.util.Objects;

/**
 * One number that a decision rests on.
 *
 * @param quantity what was measured: {@code lag}, {@code arrivalRate}, {@code processedRate}, {@code lagSeconds}
 * @param unit the value's unit: {@code records}, {@code records/s}, {@code s}
 * @param age the age of the sample at the time of the decision
 */
public record Input(String signal, String quantity, double value, String unit, Duration age) {
    public Input {
        Objects.requireNonNull(signal, "signal");
        Objects.requireNonNull(quantity, "quantity");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(age, "age");
    }
}
