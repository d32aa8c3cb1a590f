package io.tidegate.decision.signal;

import io.tidegate.decision.model.Reason;
import io.tidegate.decision.policy.ResourceSignal;
import java.time.Duration;
import java.time.Instant;

/** The use of a resource as it stands. */
public record UsageObservation(ResourceSignal signal, UsageMeasure usage, Duration age, Instant usableAt)
        implements Observation {
    @Override
    public Reason gap() {
        return switch (usage) {
            case UsageMeasure.Unknown unknown -> unknown.reason();
            case UsageMeasure.AtRest ignored -> Reason.PASSED;
            case UsageMeasure.Known ignored -> Reason.PASSED;
        };
    }

    @Override
    public String gapDetail() {
        return switch (usage) {
            case UsageMeasure.Unknown unknown -> unknown.detail();
            case UsageMeasure.AtRest ignored -> "";
            case UsageMeasure.Known ignored -> "";
        };
    }
}
