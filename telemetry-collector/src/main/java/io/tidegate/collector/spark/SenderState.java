package io.tidegate.collector.spark;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is remembered of one sender: how often it sent, and how far its snapshots have come. Safe for use by many threads. */
final class SenderState {

    /** A driver sends at most four bodies a second. */
    static final int PER_SECOND = 10;

    private static final int BURST = 20;
    /** A snapshot that waited longer says nothing about what is now. */
    private static final Duration OLDEST = Duration.ofMinutes(10);
    /** After as long without a newer snapshot the sender's clock must have been set back, and its order begins anew. */
    private static final Duration STUCK = Duration.ofSeconds(10);
    /** So that a sender's word can't make a counter useless. */
    private static final long MOST_LOST = 1_000_000;

    private double permits = BURST;
    private long lastSeenAt;
    private boolean busy;
    private @Nullable Instant newest;
    private long newestTakenAt;
    private @Nullable Instant observed;
    private long lost;

    /**
     * @param nanos a monotonic clock's
     */
    SenderState(long nanos) {
        lastSeenAt = nanos;
    }

    /** Whether it may send a body: one at a time, and not too often. */
    synchronized boolean enter(long nanos) {
        permits = Math.min(BURST, permits + (nanos - lastSeenAt) / 1e9 * PER_SECOND);
        lastSeenAt = nanos;
        if (busy || permits < 1) {
            return false;
        }
        permits -= 1;
        busy = true;
        return true;
    }

    /** The body is done with. */
    synchronized void leave() {
        busy = false;
    }

    synchronized boolean isForgettable(long nanos, Duration after) {
        return !busy && nanos - lastSeenAt > after.toNanos();
    }

    /**
     * When a snapshot was made, by the receiver's clock; empty if it is too old, or not newer than the last one.
     *
     * @param at when it was made, by the sender's clock
     * @param sentAt when it was sent, by the same clock
     * @param receivedAt when it was received, by the receiver's clock
     */
    synchronized Optional<Instant> place(Instant at, Instant sentAt, Instant receivedAt, long nanos) {
        Duration age = Duration.between(at, sentAt);
        if (age.compareTo(OLDEST) > 0 || isBehind(at, nanos)) {
            return Optional.empty();
        }
        Instant corrected = age.isNegative() ? receivedAt : receivedAt.minus(age);
        Instant before = observed;
        if (before != null && corrected.isBefore(before)) {
            corrected = before.isAfter(receivedAt) ? receivedAt : before;
        }
        newest = at;
        newestTakenAt = nanos;
        observed = corrected;
        return Optional.of(corrected);
    }

    private boolean isBehind(Instant at, long nanos) {
        return newest != null && !at.isAfter(newest) && nanos - newestTakenAt < STUCK.toNanos();
    }

    /**
     * How many snapshots were lost since it was last asked.
     *
     * @param total lost since the sender's start, as it says
     */
    synchronized long newlyLost(long total) {
        long since = total >= lost ? total - lost : total;
        lost = total;
        return Math.min(since, MOST_LOST);
    }
}
