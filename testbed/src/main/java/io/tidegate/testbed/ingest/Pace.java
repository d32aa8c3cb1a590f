package io.tidegate.testbed.ingest;

/**
 * The time at which each record is done, when one takes 1/rate seconds and they are worked on one after the other.
 * While there is work, a short delay of the process (it shares its processor) is caught up, so that the rate is what
 * was configured; after a pause nothing is caught up, so that the rate is never exceeded in the long run.
 */
final class Pace {
    /** Delays up to this are caught up: longer than a busy machine withholds the processor, shorter than is noticed. */
    private static final long LONGEST_SLIP_NANOS = 250_000_000;

    private final double nanosPerRecord;
    private double freeAt;

    Pace(double recordsPerSecond, long now) {
        this.nanosPerRecord = 1e9 / recordsPerSecond;
        this.freeAt = (double) now;
    }

    /** Nothing was there to do: the next record starts when it comes. */
    void idle(long now) {
        freeAt = Math.max(freeAt, (double) now);
    }

    /** Starts one more record and gives the time, in the clock of the argument, at which it is done. */
    long finishNext(long now) {
        freeAt = Math.max(freeAt, (double) now - LONGEST_SLIP_NANOS) + nanosPerRecord;
        return (long) freeAt;
    }
}
