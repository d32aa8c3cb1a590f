package io.tidegate.decision.signal;

import io.tidegate.decision.model.Reading;
import io.tidegate.decision.model.Reason;
import io.tidegate.decision.model.SignalSample;
import io.tidegate.decision.model.StageReading;
import io.tidegate.decision.model.StageState;
import io.tidegate.decision.policy.SparkSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes in the newest sample of a Spark application, once, and says how it stands. */
final class SparkObserver {
    private SparkObserver() {}

    /** @param start how long a pod takes to start, while it is not known how long an executor takes to register */
    static Observer.Seen observe(
            SparkSignal signal,
            @Nullable SignalSample sample,
            @Nullable SignalMemory memory,
            Duration start,
            Instant now) {
        SignalMemory known = memory == null ? SignalMemory.fresh(signal.name(), now.toEpochMilli()) : memory;
        if (sample == null) {
            return seen(signal, new SparkMeasure.Unknown(Reason.SIGNAL_UNSEEN, ""), Duration.ZERO, known, start);
        }
        Duration age = Duration.between(sample.observedAt(), now);
        if (Observer.fromFuture(age)) {
            SparkMeasure ahead = new SparkMeasure.Unknown(Reason.SAMPLE_FROM_FUTURE, Observer.ahead(age));
            return seen(signal, ahead, Duration.ZERO, known, start);
        }
        age = age.isNegative() ? Duration.ZERO : age;
        SparkMeasure measure = measure(sample.reading());
        long at = sample.observedAt().toEpochMilli();
        if (at > known.observedAt()) {
            known = takeIn(known, signal, measure, at);
        }
        if (age.compareTo(Observer.STALE_AFTER) > 0) {
            measure = new SparkMeasure.Unknown(Reason.SIGNAL_STALE, Observer.old(age));
        }
        return seen(signal, measure, age, known, start);
    }

    private static SparkMeasure measure(Reading reading) {
        return switch (reading) {
            case Reading.Failed failed -> new SparkMeasure.Unknown(Reason.SIGNAL_FAILED, failed.error());
            case Reading.Offsets ignored -> unknown("offsets");
            case Reading.Pods ignored -> unknown("pods");
            case Reading.Value ignored -> unknown("a number");
            case Reading.Spark spark ->
                mayOmitActiveStages(spark) ? new SparkMeasure.AtLeast(spark) : new SparkMeasure.Known(spark);
        };
    }

    private static SparkMeasure unknown(String what) {
        return new SparkMeasure.Unknown(
                Reason.SIGNAL_UNKNOWN, "the sample holds " + what + " instead of an application's state");
    }

    /** Active stages come first, so that one is left out only where no other kind is told of. */
    private static boolean mayOmitActiveStages(Reading.Spark spark) {
        List<StageReading> stages = spark.stages();
        return spark.omittedStages() > 0
                && (stages.isEmpty() || stages.getLast().state() == StageState.ACTIVE);
    }

    private static SignalMemory takeIn(SignalMemory memory, SparkSignal signal, SparkMeasure measure, long at) {
        SparkMemory past = memory.spark().orElse(SparkMemory.EMPTY);
        return switch (measure) {
            case SparkMeasure.Known known ->
                memory.with(SparkMeter.update(past, signal, known.reading(), memory.observedAt(), at))
                        .seenAt(at, at);
            case SparkMeasure.AtLeast known ->
                memory.with(SparkMeter.update(past, signal, known.reading(), memory.observedAt(), at))
                        .seenAt(at, memory.usableAt());
            case SparkMeasure.Unknown ignored -> memory.seenAt(at, memory.usableAt());
        };
    }

    private static Observer.Seen seen(
            SparkSignal signal, SparkMeasure measure, Duration age, SignalMemory memory, Duration start) {
        SparkMemory course = memory.spark().orElse(SparkMemory.EMPTY);
        SparkObservation observation = new SparkObservation(
                signal,
                measure,
                age,
                Instant.ofEpochMilli(memory.usableAt()),
                course,
                course.startMillis() < 0 ? start : Duration.ofMillis(course.startMillis()));
        return new Observer.Seen(observation, memory);
    }
}
