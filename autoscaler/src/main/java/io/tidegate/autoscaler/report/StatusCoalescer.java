package io.tidegate.autoscaler.report;

import io.tidegate.autoscaler.act.TokenBucket;
import io.tidegate.autoscaler.time.MonotonicClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which status is written when: the latest of each policy, at most one in a while for each, and only so many a second for
 * all. Who waits longest comes first.
 */
final class StatusCoalescer<K, V> {

    /** Longest sleep of whoever asks; nothing depends on it. */
    private static final Duration IDLE = Duration.ofHours(1);

    private final Duration perKey;
    private final TokenBucket budget;
    private final Map<K, Entry<V>> waiting = new LinkedHashMap<>();
    private final Map<K, Long> restUntil = new HashMap<>();
    private final Set<K> inFlight = new HashSet<>();

    StatusCoalescer(Duration perKey, TokenBucket budget) {
        this.perKey = perKey;
        this.budget = budget;
    }

    /** Puts a value in place of the one that waits; it is not due before {@code notBefore}. */
    synchronized void submit(K key, V value, long notBefore) {
        Entry<V> before = waiting.get(key);
        if (before == null) {
            waiting.put(key, new Entry<>(value, notBefore));
        } else {
            before.value = value;
            before.notBefore = Math.min(before.notBefore, notBefore);
        }
        notifyAll();
    }

    /** Puts back a value that could not be written, unless a newer one waits. */
    synchronized void retry(K key, V value, long notBefore) {
        Entry<V> newer = waiting.get(key);
        if (newer == null) {
            waiting.put(key, new Entry<>(value, notBefore));
        } else {
            newer.notBefore = Math.max(newer.notBefore, notBefore);
        }
        inFlight.remove(key);
        notifyAll();
    }

    /** Forgets a key. */
    synchronized void forget(K key) {
        waiting.remove(key);
        restUntil.remove(key);
    }

    /** The next value that may be written at this instant. Until {@link #written} or {@link #retry} its key is not due again. */
    synchronized Optional<Due<K, V>> next(long now) {
        if (!budget.untilNext(now).isZero()) {
            return Optional.empty();
        }
        for (Map.Entry<K, Entry<V>> entry : waiting.entrySet()) {
            K key = entry.getKey();
            if (!inFlight.contains(key) && dueIn(key, entry.getValue(), now) <= 0) {
                V value = entry.getValue().value;
                waiting.remove(key);
                inFlight.add(key);
                budget.take(now);
                return Optional.of(new Due<>(key, value));
            }
        }
        return Optional.empty();
    }

    /** A value was written, or needed no writing. */
    synchronized void written(K key, long now) {
        inFlight.remove(key);
        restUntil.put(key, now + perKey.toNanos());
        notifyAll();
    }

    /** How long nothing will be due, if nothing new comes. */
    synchronized Duration idleFor(long now) {
        restUntil.values().removeIf(until -> now - until >= 0);
        long least = IDLE.toNanos();
        for (Map.Entry<K, Entry<V>> entry : waiting.entrySet()) {
            if (!inFlight.contains(entry.getKey())) {
                least = Math.min(least, Math.max(0, dueIn(entry.getKey(), entry.getValue(), now)));
            }
        }
        return Duration.ofNanos(least).compareTo(budget.untilNext(now)) >= 0
                ? Duration.ofNanos(least)
                : budget.untilNext(now);
    }

    /** Waits for the next value that is due. */
    synchronized Due<K, V> take(MonotonicClock clock) throws InterruptedException {
        while (true) {
            long now = clock.nanos();
            Optional<Due<K, V>> due = next(now);
            if (due.isPresent()) {
                return due.get();
            }
            wait(Math.max(1, idleFor(now).toMillis()));
        }
    }

    private long dueIn(K key, Entry<V> entry, long now) {
        Long until = restUntil.get(key);
        long wait = entry.notBefore - now;
        return until == null ? wait : Math.max(wait, until - now);
    }

    /**
     * A value that is due.
     *
     * @param key whose it is
     * @param value the value
     */
    record Due<K, V>(K key, V value) {}

    private static final class Entry<V> {
        private V value;
        private long notBefore;

        Entry(V value, long notBefore) {
            this.value = value;
            this.notBefore = notBefore;
        }
    }
}
