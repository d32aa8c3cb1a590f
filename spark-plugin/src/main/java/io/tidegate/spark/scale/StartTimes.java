package io.tidegate.spark.scale;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * Measures how long an executor takes from being asked for to being registered: each registration answers the oldest
 * open request. One that replaces a lost executor answers none and is not measured.
 */
public final class StartTimes {
    /** A driver that waits for more gets a first-in, first-out guess of the oldest of them only. */
    private static final int MAX_OPEN = 1000;

    private final Deque<Long> open = new ArrayDeque<>();
    private int granted;
    private long last = -1;

    /** The number of executors asked for has become this. */
    public synchronized void granted(int executors, long nowMillis) {
        for (int i = granted; i < executors && open.size() < MAX_OPEN; i++) {
            open.addLast(nowMillis);
        }
        for (int i = executors; i < granted && !open.isEmpty(); i++) {
            open.removeLast();
        }
        granted = executors;
    }

    public synchronized void registered(long nowMillis) {
        Long asked = open.pollFirst();
        if (asked != null) {
            last = Math.max(0, nowMillis - asked);
        }
    }

    /** Milliseconds that the executor took that registered last. */
    public synchronized OptionalLong last() {
        return last < 0 ? OptionalLong.empty() : OptionalLong.of(last);
    }
}
