package io.tidegate.autoscaler.time;

import java.time.Duration;

/** A clock that only moves on, whatever is done to the wall clock. */
@FunctionalInterface
public interface MonotonicClock {

    /** Nanoseconds since some instant; only differences mean anything. */
    long nanos();

    /** Time from one reading to another. */
    static Duration between(long earlier, long later) {
        return Duration.ofNanos(later - earlier);
    }
}
