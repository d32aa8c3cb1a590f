package io.tidegate.decision.simulation;

import java.util.TreeMap;

/** How long records waited, in ms. */
final class Waits {
    private final TreeMap<Long, Long> counts = new TreeMap<>();
    private long total;

    void add(long millis, long records) {
        counts.merge(millis, records, Long::sum);
        total += records;
    }

    long total() {
        return total;
    }

    long percentile(double percentile) {
        long sought = (long) Math.ceil(total * percentile / 100);
        long below = 0;
        for (var entry : counts.entrySet()) {
            below += entry.getValue();
            if (below >= sought) {
                return entry.getKey();
            }
        }
        return 0;
    }
}
