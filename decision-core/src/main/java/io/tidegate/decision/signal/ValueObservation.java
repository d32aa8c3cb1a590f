package io.tidegate.decision.signal;

import io.tidegate.decision.model.Reason;
import io.tidegate.decision.policy.ValueSignal;
import java.time.Duration;
import java.time.Instant;

/** A number from outside as it stands. */
public record ValueObservation(ValueSignal signal, ValueMeasure value, Duration age, Instant usableAt)
        implements Observation {
    @Override
    public Reason gap() {
        return switch (value) {
            case ValueMeasure.Unknown unknown -> unknown.reason();
            case ValueMeasure.Known ignored -> Reason.PASSED;
        };
    }

    @Override
    public String gapDetail() {
        return switch (value) {
            case ValueMeasure.Unknown unknown -> unknown.detail();
            case ValueMeasure.Known ignored -> "";
        };
    }
}
