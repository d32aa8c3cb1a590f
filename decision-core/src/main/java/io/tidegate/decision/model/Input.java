package io.tidegate.decision.model;

import java.time.Duration;
import java.util.Objects;

/**
 * One number that a decision rests on.
 *
 * @param quantity what was measured: {@code lag}, {@code lagAtLeast}, {@code arrivalRate}, {@code processedRate},
 *     {@code lagSeconds}, {@code usage} of the average pod, {@code podsCounted}, {@code podsWithoutMetric},
 *     {@code podsStarting}, {@code pendingTasks}, {@code runningTasks}, {@code executors}, {@code executorsBusy},
 *     {@code backlog} and {@code batchSeconds} of a streaming query, {@code value} of a query
 * @param unit the value's unit: {@code records}, {@code records/s}, {@code s}, {@code %} of the request, {@code m},
 *     {@code bytes}, {@code pods}, {@code tasks}, {@code executors}, {@code rows}, {@code rows/s}, {@code 1}
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
