package io.tidegate.collector.lag;

import io.tidegate.collector.lag.SignalState.Arming;
import io.tidegate.collector.lag.SignalState.Burst;
import io.tidegate.collector.lag.SignalState.Failing;
import io.tidegate.collector.lag.SignalState.Polled;
import io.tidegate.collector.lag.SignalState.Watched;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.Reading.Offsets;
import io.tidegate.contracts.policy.KafkaSignal.Wake;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one signal, and when it is read next. Polled while something moves; once quiet, armed in the waiting fetch;
 * read in a burst once that wakes. Used by one thread; times are monotonic nanoseconds.
 */
final class SignalTrack {

    /** Pauses after a wake, 315 ms in all: a batch that takes 10 ms to produce is seen whole within 15 ms. */
    private static final long[] BURST_NANOS = {
        5_000_000, 10_000_000, 20_000_000, 40_000_000, 80_000_000, 160_000_000,
    };

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final Duration DENIED_PAUSE = Duration.ofMinutes(1);

    private final LagSignal signal;
    private final Cadence cadence;
    private final Outlet outlet;
    private final Leftovers leftovers;

    private SignalState state = new Polled();
    private boolean reading;
    private long dueAt;
    private long changedAt;
    private long publishedAt;
    private long noFetchBefore;
    private @Nullable Reading last;
    private @Nullable Instant lastObservedAt;

    /** What a track asks for. */
    interface Outlet {

        void publish(SignalKey signal, Reading reading, Instant observedAt);

        /** Returns the token of the arming. */
        long arm(SignalKey signal, Map<TopicPartition, Long> ends);

        void disarm(SignalKey signal);
    }

    SignalTrack(LagSignal signal, Cadence cadence, Outlet outlet, long now) {
        this.signal = signal;
        this.cadence = cadence;
        this.outlet = outlet;
        this.leftovers = new Leftovers(signal.noCommittedOffset(), cadence.quietAfter());
        this.dueAt = now;
        this.changedAt = now;
        this.noFetchBefore = now;
    }

    LagSignal signal() {
        return signal;
    }

    SignalState state() {
        return state;
    }

    Leftovers leftovers() {
        return leftovers;
    }

    long dueAt() {
        return dueAt;
    }

    /** When what was last read was observed; absent before the first read. */
    Optional<Instant> lastObservedAt() {
        return Optional.ofNullable(lastObservedAt);
    }

    boolean isDue(long now) {
        return !reading && dueAt - now <= 0;
    }

    void readStarted() {
        reading = true;
    }

    /** Takes what was read; publishes it if it differs from the last or is due for repetition. */
    void readDone(Reading raw, Instant observedAt, long now) {
        reading = false;
        lastObservedAt = observedAt;
        Reading result = raw instanceof Offsets offsets ? leftovers.settle(offsets, now) : raw;
        if (result instanceof Offsets && leftovers.undecided(now)) {
            dueAt = next(now, cadence.period());
            return;
        }
        boolean changed = !result.equals(last);
        last = result;
        if (changed) {
            changedAt = now;
            publish(result, observedAt, now);
        }
        switch (result) {
            case Offsets offsets -> proceed(offsets, now);
            case Reading.Usage usage -> throw new IllegalArgumentException("a lag signal has no usage");
            case Reading.Pods pods -> throw new IllegalArgumentException("a lag signal has no pods");
            case Reading.Spark spark -> throw new IllegalArgumentException("a lag signal has no executors");
            case Reading.Value value -> throw new IllegalArgumentException("a lag signal has no number");
            case Reading.Failed failed -> fail(now);
        }
        // The next read would be too late for that.
        if (dueAt - publishedAt > repetition(result).toNanos()) {
            publish(result, observedAt, now);
        }
    }

    /** Something was found of what is left; true if nothing was published for want of that, so that it is read again at once. */
    boolean isReadAgain(long now) {
        if (last != null || leftovers.undecided(now)) {
            return false;
        }
        dueAt = now;
        return true;
    }

    private void publish(Reading result, Instant observedAt, long now) {
        publishedAt = now;
        outlet.publish(signal.key(), result, observedAt);
    }

    /** The waiting fetch surely covers this arming. */
    void covered(long token) {
        if (state instanceof Arming arming && arming.token() == token) {
            state = new Watched(token, arming.ends());
        }
    }

    /** A record came; false if that belongs to an earlier arming. */
    boolean woken(long token, long now) {
        if (armedWith() != token) {
            return false;
        }
        state = new Burst(0);
        dueAt = now;
        return true;
    }

    /** The waiting fetch gave this arming up. */
    void lost(long token, boolean lasting, long now) {
        if (armedWith() == token) {
            state = new Polled();
            changedAt = now;
            dueAt = now;
            noFetchBefore = lasting ? now + DENIED_PAUSE.toNanos() : now;
        }
    }

    /** Stops watching. */
    void end() {
        if (armedWith() >= 0) {
            outlet.disarm(signal.key());
        }
    }

    private long armedWith() {
        return switch (state) {
            case Arming arming -> arming.token();
            case Watched watched -> watched.token();
            case Polled polled -> -1;
            case Burst burst -> -1;
            case Failing failing -> -1;
        };
    }

    private Duration repetition(Reading result) {
        return result instanceof Offsets offsets && OffsetReadings.waiting(offsets, signal.noCommittedOffset())
                ? cadence.repeat()
                : cadence.heartbeat();
    }

    private void proceed(Offsets offsets, long now) {
        switch (state) {
            case Failing failing -> poll(now);
            case Burst burst -> {
                if (burst.step() < BURST_NANOS.length) {
                    state = new Burst(burst.step() + 1);
                    dueAt = now + BURST_NANOS[burst.step()];
                } else {
                    poll(now);
                }
            }
            case Polled polled -> {
                if (isQuiet(now)) {
                    rest(offsets, now);
                } else {
                    poll(now);
                }
            }
            case Arming arming -> stay(arming.ends(), offsets, cadence.period(), now);
            case Watched watched -> {
                boolean still = isQuiet(now) && !OffsetReadings.waiting(offsets, signal.noCommittedOffset());
                stay(watched.ends(), offsets, still ? cadence.slowCheck() : cadence.period(), now);
            }
        }
    }

    private boolean isQuiet(long now) {
        return now - changedAt >= cadence.quietAfter().toNanos();
    }

    private void poll(long now) {
        state = new Polled();
        dueAt = next(now, cadence.period());
    }

    /** Nothing moves: let the fetch wait, or read seldom where it isn't wanted. */
    private void rest(Offsets offsets, long now) {
        boolean mayFetch = signal.wake() == Wake.Fetch && now - noFetchBefore >= 0;
        Optional<Map<TopicPartition, Long>> ends = mayFetch ? OffsetReadings.ends(offsets) : Optional.empty();
        if (ends.isPresent()) {
            state = new Arming(outlet.arm(signal.key(), ends.get()), ends.get());
            dueAt = next(now, cadence.period());
        } else {
            state = new Polled();
            dueAt = next(now, cadence.quietAfter());
        }
    }

    /** Armed and read: if the ends moved, the read was faster than the wake. */
    private void stay(Map<TopicPartition, Long> armed, Offsets offsets, Duration interval, long now) {
        if (OffsetReadings.ends(offsets).filter(armed::equals).isPresent()) {
            dueAt = next(now, interval);
        } else {
            outlet.disarm(signal.key());
            state = new Burst(1);
            dueAt = now + BURST_NANOS[0];
        }
    }

    private void fail(long now) {
        int attempts = state instanceof Failing failing ? failing.attempts() + 1 : 1;
        if (armedWith() >= 0) {
            outlet.disarm(signal.key());
        }
        state = new Failing(attempts);
        // 0.5, 1, 2, 4, 8, 15 s
        long pause = (cadence.period().toNanos() * 5 / 2) << Math.min(attempts - 1, 10);
        dueAt = now + Math.min(pause, LONGEST_PAUSE.toNanos());
    }

    /** The next multiple of the interval, so that signals are due together and share a read. */
    private static long next(long now, Duration interval) {
        return (Math.floorDiv(now, interval.toNanos()) + 1) * interval.toNanos();
    }
}
