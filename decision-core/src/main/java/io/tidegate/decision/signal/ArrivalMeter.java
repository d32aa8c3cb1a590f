package io.tidegate.decision.signal;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Measures how fast records arrive, from the growth of the end offsets; samples may come unevenly. */
final class ArrivalMeter {
    /** Long enough to see through the batches of producers, short enough to see the end of a burst. */
    static final long WINDOW_MS = 3_000;
    /** What a rising rate is read from: shorter intervals show batches and jitter rather than a rate. */
    static final long SHORT_MS = 1_000;
    /** Samples closer than this share a mark: 3 s / 0.4 s gives at most 9 marks in the window. */
    static final long SPACING_MS = 400;

    /** Samples farther apart than this are heartbeats. */
    static final long QUIET_MS = 5_000;

    static final int MOST_MARKS = 12;

    private ArrivalMeter() {}

    static ArrivalMemory update(ArrivalMemory memory, Totals totals, long at) {
        Mark mark = new Mark(at, totals.end());
        List<Mark> marks = memory.marks();
        int size = marks.size();
        // Another set of partitions, or a topic made anew, is another course.
        if (size == 0
                || totals.partitions() != memory.partitions()
                || mark.offset() < marks.getLast().offset()) {
            return new ArrivalMemory(totals.partitions(), List.of(mark));
        }
        int from = 0;
        // One mark at or before the window's start stays, so that sparse samples still span an interval.
        while (from + 1 < size && marks.get(from + 1).at() <= at - WINDOW_MS) {
            from++;
        }
        boolean replacesLast =
                size - from >= 2 && marks.getLast().at() - marks.get(size - 2).at() < SPACING_MS;
        List<Mark> kept = new ArrayList<>(MOST_MARKS);
        kept.addAll(marks.subList(from, replacesLast ? size - 1 : size));
        kept.add(mark);
        return new ArrivalMemory(totals.partitions(), kept);
    }

    /**
     * Records a second: the larger of the last second and the whole window, so that a rise shows at once and a fall when
     * it has lasted. Empty while the marks span less than {@link #SHORT_MS}.
     */
    static OptionalDouble rate(ArrivalMemory memory) {
        List<Mark> marks = memory.marks();
        if (marks.size() < 2) {
            return OptionalDouble.empty();
        }
        Mark last = marks.getLast();
        Mark first = marks.getFirst();
        if (last.at() - first.at() < SHORT_MS) {
            return OptionalDouble.empty();
        }
        int recent = marks.size() - 2;
        while (last.at() - marks.get(recent).at() < SHORT_MS) {
            recent--;
        }
        return OptionalDouble.of(Math.max(slope(first, last), slope(marks.get(recent), last)));
    }

    /** How long ago, in ms, the record arrived that has {@code lag} records at or behind it. */
    static long waitedMillis(ArrivalMemory memory, long lag) {
        List<Mark> marks = memory.marks();
        if (lag <= 0 || marks.isEmpty()) {
            return 0;
        }
        Mark last = marks.getLast();
        long sought = last.offset() - lag;
        Mark later = last;
        for (int i = marks.size() - 2; i >= 0; i--) {
            Mark earlier = marks.get(i);
            if (earlier.offset() <= sought) {
                if (later.at() - earlier.at() > QUIET_MS) {
                    // A quiet workload is sampled again as soon as a record arrives.
                    return last.at() - later.at();
                }
                double share = (double) (later.offset() - sought) / (later.offset() - earlier.offset());
                return last.at() - later.at() + (long) (share * (later.at() - earlier.at()));
            }
            later = earlier;
        }
        double rate = later.at() < last.at() ? slope(later, last) : 0;
        long before = rate > 0 ? (long) (((double) later.offset() - sought) / rate * 1_000) : 0;
        return Sums.add(last.at() - later.at(), before);
    }

    private static double slope(Mark from, Mark to) {
        return (to.offset() - from.offset()) * 1_000.0 / (to.at() - from.at());
    }
}
