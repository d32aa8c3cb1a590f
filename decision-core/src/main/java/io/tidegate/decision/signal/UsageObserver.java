package io.tidegate.decision.signal;

import io.tidegate.decision.model.Reason;
import io.tidegate.decision.model.SignalSample;
import io.tidegate.decision.model.TargetState;
import io.tidegate.decision.policy.ResourceSignal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Takes in the newest sample of the pods, once, and says how the use of a resource stands. */
final class UsageObserver {
    private UsageObserver() {}

    static Observer.Seen observe(
            ResourceSignal signal,
            @Nullable SignalSample sample,
            @Nullable SignalMemory memory,
            TargetState.Known target,
            Instant now) {
        SignalMemory known = memory == null ? SignalMemory.fresh(signal.name(), now.toEpochMilli()) : memory;
        if (target.replicas() == 0) {
            SignalMemory rested = known.seenAt(known.observedAt(), now.toEpochMilli());
            return seen(signal, new UsageMeasure.AtRest(), Duration.ZERO, rested);
        }
        if (sample == null) {
            return seen(signal, new UsageMeasure.Unknown(Reason.SIGNAL_UNSEEN, ""), Duration.ZERO, known);
        }
        Duration age = Duration.between(sample.observedAt(), now);
        if (Observer.fromFuture(age)) {
            UsageMeasure ahead = new UsageMeasure.Unknown(Reason.SAMPLE_FROM_FUTURE, Observer.ahead(age));
            return seen(signal, ahead, Duration.ZERO, known);
        }
        age = age.isNegative() ? Duration.ZERO : age;
        UsageMeasure measure = UsageMeter.measure(signal, sample.reading(), now);
        long at = sample.observedAt().toEpochMilli();
        if (at >= known.observedAt()) {
            // Time alone may make a sample usable: a pod's start comes to its end.
            known = known.seenAt(at, measure instanceof UsageMeasure.Known ? at : known.usableAt());
        }
        if (age.compareTo(Observer.STALE_AFTER) > 0) {
            measure = new UsageMeasure.Unknown(Reason.SIGNAL_STALE, Observer.old(age));
        }
        return seen(signal, measure, age, known);
    }

    private static Observer.Seen seen(ResourceSignal signal, UsageMeasure usage, Duration age, SignalMemory memory) {
        Instant usableAt = Instant.ofEpochMilli(memory.usableAt());
        return new Observer.Seen(new UsageObservation(signal, usage, age, usableAt), memory);
    }
}
