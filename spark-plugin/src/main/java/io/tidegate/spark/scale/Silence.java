package io.tidegate.spark.scale;

import java.time.Duration;

/**
 * Tells when those who set the bounds have not been heard of for too long. Times are of a monotonic clock, in nanoseconds.
 */
public final class Silence {
    private final long patience;
    private final boolean pushes;
    private volatile long pushed;
    private volatile long watched;

    /**
     * Everybody counts as heard of at the start.
     *
     * @param patience how long without a word is too long
     * @param pushes whether there is a collector that takes snapshots
     */
    public Silence(Duration patience, boolean pushes, long now) {
        this.patience = patience.toNanos();
        this.pushes = pushes;
        this.pushed = now;
        this.watched = now;
    }

    /** A snapshot was taken by the collector. */
    public void pushed(long now) {
        pushed = now;
    }

    /** The driver pod was read. */
    public void watched(long now) {
        watched = now;
    }

    public boolean ofCollector(long now) {
        return pushes && now - pushed > patience;
    }

    public boolean ofApiServer(long now) {
        return now - watched > patience;
    }
}
