package io.tidegate.testbed.demo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Measures how long records waited, from their append to the first moment that a commit covering them was seen. */
final class WaitTracker {

    private record Waiting(long offset, long appendedAt) {}

    private final Map<Integer, Deque<Waiting>> waiting = new HashMap<>();
    private final List<Long> waits = new ArrayList<>();
    private final Map<Integer, Long> committed = new HashMap<>();

    /** A record was appended; offsets of one partition come in order. */
    synchronized void appended(int partition, long offset, long atMillis) {
        waiting.computeIfAbsent(partition, p -> new ArrayDeque<>()).add(new Waiting(offset, atMillis));
    }

    /** A commit was seen; {@code offset} is the next one to be read. */
    synchronized void committed(int partition, long offset, long atMillis) {
        committed.merge(partition, offset, Math::max);
        Deque<Waiting> queue = waiting.get(partition);
        while (queue != null && !queue.isEmpty() && queue.getFirst().offset() < offset) {
            waits.add(Math.max(0, atMillis - queue.removeFirst().appendedAt()));
        }
    }

    /** Records that wait. */
    synchronized long lag() {
        return waiting.values().stream().mapToLong(Deque::size).sum();
    }

    /** Milliseconds the oldest waiting record has waited; 0 if none waits. */
    synchronized long oldestWait(long nowMillis) {
        return waiting.values().stream()
                .filter(queue -> !queue.isEmpty())
                .mapToLong(queue -> Math.max(0, nowMillis - queue.getFirst().appendedAt()))
                .max()
                .orElse(0);
    }

    /** Records whose commit was seen. */
    synchronized long consumed() {
        return waits.size();
    }

    /** The wait in milliseconds that this share of the consumed records kept; 0 if there are none. */
    synchronized long percentile(double percent) {
        long[] sorted = waits.stream().mapToLong(Long::longValue).sorted().toArray();
        if (sorted.length == 0) {
            return 0;
        }
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
    }
}
