package io.tidegate.decision.guard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The extremes of a stabilization window: a recommendation that came before a more extreme one can no longer matter, so
 * that few remain. Never more than {@link #MOST}.
 */
final class Window {
    /** One per thirty-second of the window. */
    static final int MOST = 32;

    private Window() {}

    /**
     * Adds {@code size} at {@code at}, and drops what has left the window or can no longer matter.
     *
     * @param sign 1 keeps the largest, -1 the smallest
     */
    static List<SizedAt> add(List<SizedAt> entries, long at, int size, Duration window, int sign) {
        long length = window.toMillis();
        if (length == 0) {
            return List.of();
        }
        int from = firstWithin(entries, at, length);
        int to = entries.size();
        while (to > from && sign * entries.get(to - 1).replicas() <= sign * size) {
            to--;
        }
        if (from == to) {
            return List.of(new SizedAt(at, size));
        }
        List<SizedAt> kept = new ArrayList<>(to - from + 1);
        kept.addAll(entries.subList(from, to));
        kept.add(new SizedAt(at, size));
        if (kept.size() > MOST) {
            mergeClosest(kept);
        }
        return kept;
    }

    /** Index of the first entry strictly newer than the window's start, as in autoscaling/v2. */
    static int firstWithin(List<SizedAt> entries, long at, long length) {
        int from = 0;
        while (from < entries.size() && entries.get(from).at() <= at - length) {
            from++;
        }
        return from;
    }

    /** The more extreme of the two closest entries takes the later one's time: it holds longer, never shorter. */
    private static void mergeClosest(List<SizedAt> entries) {
        int closest = 1;
        for (int i = 2; i < entries.size(); i++) {
            if (gap(entries, i) < gap(entries, closest)) {
                closest = i;
            }
        }
        SizedAt later = entries.remove(closest);
        entries.set(
                closest - 1, new SizedAt(later.at(), entries.get(closest - 1).replicas()));
    }

    private static long gap(List<SizedAt> entries, int at) {
        return entries.get(at).at() - entries.get(at - 1).at();
    }
}
