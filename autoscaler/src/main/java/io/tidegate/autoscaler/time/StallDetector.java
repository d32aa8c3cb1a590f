package io.tidegate.autoscaler.time;

import java.time.Duration;

/**
 * Tells whether this process has stood still (stopped, swapped out, a long collection), so that it may have lost its partitions
 * without having been told. It is ticked a few times a second; a gap between ticks, or since the last one, is a stall.
 */
public final class StallDetector {

    private final Duration limit;
    private final Duration recovery;
    private long lastTick;
    private long suspectUntil;

    /**
     * @param limit longest time between ticks that is no stall
     * @param recovery how long after a stall nothing may be trusted
     */
    public StallDetector(Duration limit, Duration recovery, long now) {
        this.limit = limit;
        this.recovery = recovery;
        this.lastTick = now;
        this.suspectUntil = now;
    }

    /** Notes that the process runs. */
    public synchronized void tick(long now) {
        if (gap(now)) {
            suspectUntil = now + recovery.toNanos();
        }
        lastTick = now;
    }

    /** How long nothing may be written yet; zero if all is well. */
    public synchronized Duration suspectFor(long now) {
        if (gap(now)) {
            return recovery;
        }
        long left = suspectUntil - now;
        return left > 0 ? Duration.ofNanos(left) : Duration.ZERO;
    }

    private boolean gap(long now) {
        return now - lastTick > limit.toNanos();
    }
}
