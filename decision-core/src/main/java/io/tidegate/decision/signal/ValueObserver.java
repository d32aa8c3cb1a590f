package io.tidegate.decision.signal;

import io.tidegate.decision.model.Reading;
import io.tidegate.decision.model.Reason;
import io.tidegate.decision.model.SignalSample;
import io.tidegate.decision.policy.ValueSignal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Takes in the newest sample of a number from outside, once, and says how it stands. */
final class ValueObserver {
    private static final double MILLI = 1_000;

    private ValueObserver() {}

    static Observer.Seen observe(
            ValueSignal signal, @Nullable SignalSample sample, @Nullable SignalMemory memory, Instant now) {
        SignalMemory known = memory == null ? SignalMemory.fresh(signal.name(), now.toEpochMilli()) : memory;
        if (sample == null) {
            return seen(signal, new ValueMeasure.Unknown(Reason.SIGNAL_UNSEEN, ""), Duration.ZERO, known);
        }
        Duration age = Duration.between(sample.observedAt(), now);
        if (Observer.fromFuture(age)) {
            ValueMeasure ahead = new ValueMeasure.Unknown(Reason.SAMPLE_FROM_FUTURE, Observer.ahead(age));
            return seen(signal, ahead, Duration.ZERO, known);
        }
        age = age.isNegative() ? Duration.ZERO : age;
        ValueMeasure measure = measure(sample.reading());
        long at = sample.observedAt().toEpochMilli();
        if (at > known.observedAt()) {
            known = known.seenAt(at, measure instanceof ValueMeasure.Known ? at : known.usableAt());
        }
        if (age.compareTo(Observer.STALE_AFTER) > 0) {
            measure = new ValueMeasure.Unknown(Reason.SIGNAL_STALE, Observer.old(age));
        }
        return seen(signal, measure, age, known);
    }

    private static ValueMeasure measure(Reading reading) {
        return switch (reading) {
            case Reading.Value value ->
                value.value().isPresent()
                        // Out of range becomes the largest or smallest long.
                        ? new ValueMeasure.Known(Math.round(value.value().getAsDouble() * MILLI))
                        : unknown(value.gap());
            case Reading.Failed failed -> new ValueMeasure.Unknown(Reason.SIGNAL_FAILED, failed.error());
            case Reading.Offsets ignored -> unknown("the sample holds offsets instead of a number");
            case Reading.Pods ignored -> unknown("the sample holds pods instead of a number");
            case Reading.Spark ignored -> unknown("the sample holds an application's state instead of a number");
        };
    }

    private static ValueMeasure unknown(String detail) {
        return new ValueMeasure.Unknown(Reason.SIGNAL_UNKNOWN, detail);
    }

    private static Observer.Seen seen(ValueSignal signal, ValueMeasure value, Duration age, SignalMemory memory) {
        return new Observer.Seen(
                new ValueObservation(signal, value, age, Instant.ofEpochMilli(memory.usableAt())), memory);
    }
}
