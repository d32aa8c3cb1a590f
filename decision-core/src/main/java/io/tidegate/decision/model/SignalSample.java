package io.tidegate.decision.model;

import java.time.Instant;
import java.util.Objects;

/**
 * One raw reading of one signal.
 *
 * @param signal the signal's name in the policy
 * @param observedAt when the reading was taken
 */
public record SignalSample(String signal, Instant observedAt, Reading reading) {
    public SignalSample {
        Objects.requireNonNull(signal, "signal");
        observedAt = Times.bounded(observedAt);
        Objects.requireNonNull(reading, "reading");
    }
}
