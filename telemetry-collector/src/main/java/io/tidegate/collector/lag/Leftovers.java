package io.tidegate.collector.lag;

import io.tidegate.collector.lag.RecordProbe.Finding;
import io.tidegate.contracts.fact.Reading.Offsets;
import io.tidegate.contracts.fact.Reading.PartitionOffsets;
import io.tidegate.contracts.policy.KafkaSignal.NoCommittedOffset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What is left between a signal's commits and the ends of its partitions. Where it is little and stands still it may be nothing but
 * the control records of transactions, which a group that commits record by record never passes. Whether it is, is looked up once for
 * each commit and end; until then, and where that can't be told, it counts. Used by one thread; times are monotonic nanoseconds.
 */
final class Leftovers {

    /** A transaction leaves one control record in a partition; so many without a record in between are no leftover. */
    private static final long MOST = 1_000;

    /** What was found stays true unless the topic is made anew, compacted or truncated. */
    private static final Duration TRUSTED = Duration.ofMinutes(10);

    private static final Duration RETRY = Duration.ofSeconds(30);

    /** How long a signal's first reading waits for the answer, so that a restart wakes no workload for a control record. */
    private static final Duration FIRST_WAITS = Duration.ofSeconds(2);

    private final NoCommittedOffset noCommittedOffset;
    private final Duration quietAfter;
    private Map<TopicPartition, Leftover> leftovers = Map.of();
    private boolean settledBefore;
    private long firstWaitsUntil;

    private static final class Leftover {
        private final Stretch stretch;
        private final boolean first;
        private long lookAt;
        private boolean looking;
        private boolean answered;
        private boolean empty;

        Leftover(Stretch stretch, boolean first, long lookAt) {
            this.stretch = stretch;
            this.first = first;
            this.lookAt = lookAt;
        }
    }

    Leftovers(NoCommittedOffset noCommittedOffset, Duration quietAfter) {
        this.noCommittedOffset = noCommittedOffset;
        this.quietAfter = quietAfter;
    }

    /** The reading with the ends behind which no record is left. */
    Offsets settle(Offsets offsets, long now) {
        boolean first = !settledBefore;
        if (first) {
            settledBefore = true;
            firstWaitsUntil = now + FIRST_WAITS.toNanos();
        }
        Map<TopicPartition, Leftover> next = new HashMap<>();
        boolean narrowed = false;
        for (PartitionOffsets partition : offsets.partitions()) {
            Stretch stretch = stretch(partition);
            if (stretch != null) {
                Leftover known = leftovers.get(stretch.partition());
                Leftover leftover = known != null && known.stretch.equals(stretch)
                        ? known
                        : new Leftover(stretch, first, first ? now : now + quietAfter.toNanos());
                next.put(stretch.partition(), leftover);
                narrowed |= leftover.empty;
            }
        }
        leftovers = next;
        return narrowed
                ? new Offsets(offsets.partitions().stream().map(this::narrowed).toList())
                : offsets;
    }

    /** Whether the first reading should wait for an answer. */
    boolean undecided(long now) {
        return now - firstWaitsUntil < 0
                && leftovers.values().stream().anyMatch(leftover -> leftover.first && !leftover.answered);
    }

    /** What is to be looked at. */
    List<Stretch> due(long now) {
        List<Stretch> due = new ArrayList<>();
        for (Leftover leftover : leftovers.values()) {
            if (!leftover.looking && leftover.lookAt - now <= 0) {
                due.add(leftover.stretch);
            }
        }
        return due;
    }

    void looking(Stretch stretch) {
        Leftover leftover = current(stretch);
        if (leftover != null) {
            leftover.looking = true;
        }
    }

    void found(Stretch stretch, Finding finding, long now) {
        Leftover leftover = current(stretch);
        if (leftover == null) {
            return;
        }
        leftover.looking = false;
        leftover.answered = true;
        leftover.lookAt = now + (finding == Finding.UNKNOWN ? RETRY : TRUSTED).toNanos();
        leftover.empty = switch (finding) {
            case EMPTY -> true;
            case HELD, DENIED -> false;
            case UNKNOWN -> leftover.empty;
        };
    }

    private @Nullable Leftover current(Stretch stretch) {
        Leftover leftover = leftovers.get(stretch.partition());
        return leftover != null && leftover.stretch.equals(stretch) ? leftover : null;
    }

    private @Nullable Stretch stretch(PartitionOffsets partition) {
        Long from = OffsetReadings.next(partition, noCommittedOffset);
        Long end = partition.end();
        if (from == null || end == null || end <= from || end - from > MOST) {
            return null;
        }
        return new Stretch(new TopicPartition(partition.topic(), partition.partition()), from, end);
    }

    private PartitionOffsets narrowed(PartitionOffsets partition) {
        Stretch stretch = stretch(partition);
        Leftover leftover = stretch == null ? null : current(stretch);
        return stretch == null || leftover == null || !leftover.empty
                ? partition
                : new PartitionOffsets(
                        partition.topic(),
                        partition.partition(),
                        partition.committed(),
                        partition.start(),
                        stretch.from());
    }
}
