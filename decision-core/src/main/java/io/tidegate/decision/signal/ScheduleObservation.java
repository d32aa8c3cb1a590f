package io.tidegate.decision.signal;

import io.tidegate.decision.model.Reason;
import io.tidegate.decision.policy.ScheduleSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A schedule at the time of a decision. It needs no sample, so it is always known, and never old.
 *
 * @param open whether the time lies within a window
 * @param changesAt when the window closes, or the next one opens
 * @param usableAt the time of the decision
 */
public record ScheduleObservation(ScheduleSignal signal, boolean open, Instant changesAt, Instant usableAt)
        implements Observation {
    public ScheduleObservation {
        Objects.requireNonNull(signal, "signal");
        Objects.requireNonNull(changesAt, "changesAt");
        Objects.requireNonNull(usableAt, "usableAt");
    }

    static ScheduleObservation of(ScheduleSignal signal, Instant now) {
        return new ScheduleObservation(
                signal, signal.schedule().activeAt(now), signal.schedule().nextChangeAfter(now), now);
    }

    @Override
    public Duration age() {
        return Duration.ZERO;
    }

    @Override
    public Reason gap() {
        return Reason.PASSED;
    }

    @Override
    public String gapDetail() {
        return "";
    }
}
