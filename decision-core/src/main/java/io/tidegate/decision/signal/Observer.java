package io.tidegate.decision.signal;

import io.tidegate.decision.model.LearnedRate;
import io.tidegate.decision.model.Pods;
import io.tidegate.decision.model.Reading;
import io.tidegate.decision.model.Reason;
import io.tidegate.decision.model.SignalSample;
import io.tidegate.decision.model.TargetState;
import io.tidegate.decision.policy.KafkaSignal;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.policy.ResourceSignal;
import io.tidegate.decision.policy.ScheduleSignal;
import io.tidegate.decision.policy.Signal;
import io.tidegate.decision.policy.SparkSignal;
import io.tidegate.decision.policy.ValueSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Takes in the newest sample of a signal, once, and says how the signal stands. */
public final class Observer {
    /** Three heartbeats of a quiet workload: two may be lost. */
    public static final Duration STALE_AFTER = Duration.ofSeconds(90);
    /** Clocks of collectors and brokers differ by less, unless one of them is wrong. */
    public static final Duration FUTURE_TOLERANCE = Duration.ofSeconds(5);

    private Observer() {}

    /** A signal as it stands, and what to remember of it; null if that is nothing, as of a schedule. */
    public record Seen(Observation observation, @Nullable SignalMemory memory) {}

    /**
     * Takes in {@code sample} if it is new, and says how the signal stands.
     *
     * @param sample the signal's newest sample, null if it was never seen
     * @param memory what was remembered, null at first sight
     */
    public static Seen observe(
            Signal signal,
            @Nullable SignalSample sample,
            @Nullable SignalMemory memory,
            CrewMemory crew,
            TargetState.Known target,
            Instant now) {
        return switch (signal) {
            case KafkaSignal kafka -> observeLag(kafka, sample, memory, crew, target, now);
            case ResourceSignal resource -> UsageObserver.observe(resource, sample, memory, target, now);
            case SparkSignal spark ->
                SparkObserver.observe(spark, sample, memory, CrewMeter.startTime(crew, target), now);
            case ValueSignal value -> ValueObserver.observe(value, sample, memory, now);
            case ScheduleSignal schedule -> new Seen(ScheduleObservation.of(schedule, now), null);
        };
    }

    /**
     * Takes in what a Spark application tells of itself while it can't be scaled: what is learned is for its next run.
     *
     * @param sample its newest sample, null if there is none
     * @param memory what was remembered, null at first sight
     */
    public static Seen watch(
            SparkSignal signal, @Nullable SignalSample sample, @Nullable SignalMemory memory, Instant now) {
        return SparkObserver.observe(signal, sample, memory, CrewMeter.USUAL_START, now);
    }

    /**
     * The target with only those replicas ready that work. Pods of executors have no probe, so they are ready as soon as
     * their process runs; that it has registered comes seconds later, and only the driver tells it.
     */
    public static TargetState.Known atWork(Policy policy, TargetState.Known target, List<SignalSample> samples) {
        if (!policy.ofSpark()) {
            return target;
        }
        Pods pods = target.pods();
        int ready = pods.ready();
        for (SignalSample sample : samples) {
            if (sample.reading() instanceof Reading.Spark spark) {
                ready = Math.min(ready, spark.executors().running());
            }
        }
        return new TargetState.Known(
                target.replicas(),
                target.statusReplicas(),
                new Pods(ready, pods.pending(), pods.unschedulable(), pods.failed(), pods.terminating()),
                target.lastStart().filter(start -> start.compareTo(CrewMeter.USUAL_START) > 0),
                target.observedAt());
    }

    /** The name of the sample that serves {@code signal}; a schedule needs none. */
    public static String sampleOf(Signal signal) {
        return switch (signal) {
            case KafkaSignal kafka -> kafka.name();
            case ResourceSignal ignored -> ResourceSignal.SAMPLE;
            case ValueSignal value -> value.name();
            case ScheduleSignal schedule -> schedule.name();
            case SparkSignal ignored -> SparkSignal.SAMPLE;
        };
    }

    private static Seen observeLag(
            KafkaSignal signal,
            @Nullable SignalSample sample,
            @Nullable SignalMemory memory,
            CrewMemory crew,
            TargetState.Known target,
            Instant now) {
        SignalMemory known = memory == null ? SignalMemory.fresh(signal.name(), now.toEpochMilli()) : memory;
        if (sample == null) {
            return seen(signal, new LagMeasure.Unknown(Reason.SIGNAL_UNSEEN, ""), Duration.ZERO, known);
        }
        Duration age = Duration.between(sample.observedAt(), now);
        if (fromFuture(age)) {
            LagMeasure ahead = new LagMeasure.Unknown(Reason.SAMPLE_FROM_FUTURE, ahead(age));
            return seen(signal, ahead, Duration.ZERO, known);
        }
        age = age.isNegative() ? Duration.ZERO : age;
        long at = sample.observedAt().toEpochMilli();
        boolean fresh = at > known.observedAt();
        if (fresh && sample.reading() instanceof Reading.Offsets offsets) {
            boolean served = target.replicas() > 0 && target.pods().ready() > 0;
            known = known.with(StandingMeter.update(known.standing(), signal, offsets.partitions(), served, at));
        }
        LagMeasure measure = LagMeter.measure(
                signal, sample.reading(), known.commits().probe().partition(), known.standing(), at);
        if (fresh) {
            known = takeIn(known, signal, measure, at, CrewMeter.working(crew, target, now), crew.readyAt());
        }
        if (age.compareTo(STALE_AFTER) > 0) {
            measure = new LagMeasure.Unknown(Reason.SIGNAL_STALE, old(age));
        }
        return seen(signal, measure, age, known);
    }

    private static SignalMemory takeIn(
            SignalMemory memory, KafkaSignal signal, LagMeasure measure, long at, int working, long changedAt) {
        return switch (measure) {
            case LagMeasure.Known known -> {
                Totals totals = known.totals();
                CommitMemory commits = CommitMeter.update(memory.commits(), totals, at);
                RateMemory rates = RateLearner.update(
                        memory.rates(), memory.commits(), commits, new Sighting(totals, at, working, changedAt));
                yield new SignalMemory(
                        signal.name(),
                        at,
                        at,
                        ArrivalMeter.update(memory.arrivals(), totals, at),
                        commits,
                        rates,
                        memory.standing(),
                        memory.spark());
            }
            case LagMeasure.AtLeast ignored -> memory.seenAt(at, memory.usableAt());
            case LagMeasure.Unknown ignored -> memory.seenAt(at, memory.usableAt());
        };
    }

    static boolean fromFuture(Duration age) {
        return age.compareTo(FUTURE_TOLERANCE.negated()) < 0;
    }

    static String ahead(Duration age) {
        return age.negated().toSeconds() + " s ahead of the log";
    }

    static String old(Duration age) {
        return "the last sample is " + age.toSeconds() + " s old";
    }

    private static Seen seen(KafkaSignal signal, LagMeasure measure, Duration age, SignalMemory memory) {
        CommitMemory commits = memory.commits();
        RateMemory rates = memory.rates();
        long lag = switch (measure) {
            case LagMeasure.Known known -> known.totals().lag();
            case LagMeasure.AtLeast atLeast -> atLeast.totals().lag();
            case LagMeasure.Unknown ignored -> 0;
        };
        LagObservation observation = new LagObservation(
                signal,
                measure,
                age,
                Instant.ofEpochMilli(memory.usableAt()),
                ArrivalMeter.rate(memory.arrivals()),
                commits.processed() < 0 ? OptionalDouble.empty() : OptionalDouble.of(commits.processed()),
                Duration.ofMillis(ArrivalMeter.waitedMillis(memory.arrivals(), lag)),
                commits.intervalMillis() < 0
                        ? Optional.empty()
                        : Optional.of(Duration.ofMillis((long) commits.intervalMillis())),
                rates.rate() <= 0
                        ? Optional.empty()
                        : Optional.of(new LearnedRate(
                                rates.rate(),
                                rates.confidence(),
                                rates.intervals().size())));
        return new Seen(observation, memory);
    }
}
