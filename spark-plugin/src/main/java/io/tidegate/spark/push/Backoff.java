package io.tidegate.spark.push;

import java.time.Duration;

/** How long to wait after failures in a row: doubled each time, and never longer than half a minute. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final int MAX_DOUBLINGS = 6;

    private int failures;
    private long until;

    void failed(long nowNanos) {
        until = nowNanos + (FIRST.toNanos() << Math.min(failures, MAX_DOUBLINGS));
        failures++;
    }

    void succeeded(long nowNanos) {
        failures = 0;
        until = nowNanos;
    }

    boolean isOver(long nowNanos) {
        return failures == 0 || nowNanos - until >= 0;
    }
}
