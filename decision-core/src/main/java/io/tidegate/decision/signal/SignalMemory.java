package io.tidegate.decision.signal;

import java.util.Objects;
import java.util.Optional;

/**
 * What is remembered of one signal.
 *
 * @param signal its name in the policy
 * @param observedAt the newest sample taken in, in ms since the epoch, -1 if there is none
 * @param usableAt the newest sample in which all was known, or else the first sight of the signal; ms since the epoch
 * @param spark of an application; empty for any other signal
 */
public record SignalMemory(
        String signal,
        long observedAt,
        long usableAt,
        ArrivalMemory arrivals,
        CommitMemory commits,
        RateMemory rates,
        StandingMemory standing,
        Optional<SparkMemory> spark) {
    public SignalMemory {
        Objects.requireNonNull(signal, "signal");
        Objects.requireNonNull(arrivals, "arrivals");
        Objects.requireNonNull(commits, "commits");
        Objects.requireNonNull(rates, "rates");
        Objects.requireNonNull(standing, "standing");
        Objects.requireNonNull(spark, "spark");
    }

    /** A signal that comes into sight at {@code at}. */
    static SignalMemory fresh(String signal, long at) {
        return new SignalMemory(
                signal,
                -1,
                at,
                ArrivalMemory.EMPTY,
                CommitMemory.EMPTY,
                RateMemory.EMPTY,
                StandingMemory.EMPTY,
                Optional.empty());
    }

    SignalMemory with(StandingMemory other) {
        return new SignalMemory(signal, observedAt, usableAt, arrivals, commits, rates, other, spark);
    }

    SignalMemory with(SparkMemory other) {
        return new SignalMemory(signal, observedAt, usableAt, arrivals, commits, rates, standing, Optional.of(other));
    }

    SignalMemory seenAt(long observed, long usable) {
        return new SignalMemory(signal, observed, usable, arrivals, commits, rates, standing, spark);
    }
}
