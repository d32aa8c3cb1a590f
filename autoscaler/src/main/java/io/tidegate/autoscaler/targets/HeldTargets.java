package io.tidegate.autoscaler.targets;

import static io.tidegate.autoscaler.time.MonotonicClock.between;

import io.tidegate.contracts.target.Heartbeat;
import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.target.TargetMessage;
import io.tidegate.contracts.target.TargetTombstone;
import io.tidegate.contracts.wire.UnreadableRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest target of each key of the assigned partitions. What was in a partition when it was assigned is only handed out once
 * all of it has been read, newest per key, so that history is not acted out again.
 */
public final class HeldTargets {

    /** How often the engine writes a heartbeat to each partition. */
    private static final Duration HEARTBEAT_PERIOD = Duration.ofSeconds(1);

    private final String cluster;
    private final Map<Integer, Partition> partitions = new HashMap<>();
    private long lastHeard;

    /** @param cluster the cluster that is written to; targets of others are not held */
    public HeldTargets(String cluster, long now) {
        this.cluster = cluster;
        this.lastHeard = now;
    }

    /**
     * Begins with a partition.
     *
     * @param endOffset its end at assignment; all before it is history
     */
    public synchronized void assigned(int partition, long endOffset, long now) {
        partitions.put(partition, new Partition(endOffset, now));
    }

    /** Drops partitions with all their targets; returns those. */
    public synchronized List<HeldTarget> revoked(Collection<Integer> revoked) {
        List<HeldTarget> dropped = new ArrayList<>();
        for (Integer number : revoked) {
            Partition partition = partitions.remove(number);
            if (partition != null) {
                dropped.addAll(partition.targets.values());
            }
        }
        return dropped;
    }

    /**
     * Takes a message in.
     *
     * @return what has changed by it
     * @throws UnreadableRecordException if it is a target that must not be held
     */
    public synchronized Changes take(int number, long offset, TargetMessage message, long now)
            throws UnreadableRecordException {
        lastHeard = now;
        Partition partition = partitions.get(number);
        if (partition == null) {
            return Changes.NONE;
        }
        boolean history = offset < partition.catchUpTo;
        Changes changes = switch (message) {
            case Heartbeat heartbeat -> {
                if (!history) {
                    partition.lastHeartbeat = now;
                    partition.heartbeatSeen = true;
                }
                yield Changes.NONE;
            }
            case TargetTombstone tombstone -> partition.forget(tombstone.key());
            case Target target -> hold(partition, number, target, now, history);
        };
        return reached(partition, offset + 1)
                ? Changes.held(partition.targets.values())
                : partition.ifCaughtUp(changes);
    }

    /**
     * Notes how far a partition has been read, for what leaves no message: unreadable records and gaps.
     *
     * @param position offset that is read next
     */
    public synchronized Changes skipped(int number, long position, long now) {
        lastHeard = now;
        Partition partition = partitions.get(number);
        return partition != null && reached(partition, position)
                ? Changes.held(partition.targets.values())
                : Changes.NONE;
    }

    /** Where a target stands. */
    public synchronized Standing standing(HeldTarget held, long now) {
        Partition partition = partitions.get(held.partition());
        if (partition == null) {
            return new Standing.NotOwned();
        }
        HeldTarget newest = partition.targets.get(held.key());
        if (newest == null || !newest.sameAs(held)) {
            return new Standing.Superseded();
        }
        return new Standing.Newest(
                between(partition.assignedAt, now),
                partition.caughtUp,
                between(partition.lastHeartbeat, now),
                partition.heartbeatSeen,
                between(lastHeard, now));
    }

    /** The targets that have had no heartbeat for longer than a predicate allows, of partitions read to their end. */
    public synchronized List<HeldTarget> silent(long now, SilencePredicate silence) {
        List<HeldTarget> found = new ArrayList<>();
        for (Partition partition : partitions.values()) {
            Duration age = between(partition.lastHeartbeat, now);
            if (!partition.caughtUp || age.compareTo(HEARTBEAT_PERIOD) <= 0) {
                continue;
            }
            partition.targets.values().stream()
                    .filter(held -> silence.test(held, age))
                    .forEach(found::add);
        }
        return found;
    }

    /** Number of targets held. */
    public synchronized int size() {
        return partitions.values().stream()
                .mapToInt(partition -> partition.targets.size())
                .sum();
    }

    /** Number of partitions assigned. */
    public synchronized int assignedPartitions() {
        return partitions.size();
    }

    /** Age of the oldest newest heartbeat; zero without partitions. */
    public synchronized Duration worstHeartbeatAge(long now) {
        return partitions.values().stream()
                .map(partition -> between(partition.lastHeartbeat, now))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** Time since anything came from the broker. */
    public synchronized Duration heardAge(long now) {
        return between(lastHeard, now);
    }

    private Changes hold(Partition partition, int number, Target target, long now, boolean history)
            throws UnreadableRecordException {
        if (!target.workload().cluster().equals(cluster)) {
            return Changes.NONE;
        }
        HeldTarget held = new HeldTarget(target, TargetCheck.check(target), number, now, history);
        HeldTarget before = partition.targets.get(target.key());
        if (before != null && target.sequence() <= before.target().sequence()) {
            return Changes.NONE;
        }
        partition.targets.put(target.key(), held);
        return new Changes(List.of(held), List.of());
    }

    private static boolean reached(Partition partition, long position) {
        if (partition.caughtUp || position < partition.catchUpTo) {
            return false;
        }
        partition.caughtUp = true;
        return true;
    }

    /** Whether a target counts as silent at an age of its partition's last heartbeat. */
    @FunctionalInterface
    public interface SilencePredicate {
        boolean test(HeldTarget held, Duration heartbeatAge);
    }

    /**
     * What a message has changed.
     *
     * @param held targets that are to be looked at
     * @param forgotten targets for which nothing is held any more
     */
    public record Changes(List<HeldTarget> held, List<HeldTarget> forgotten) {

        /** Nothing has changed. */
        public static final Changes NONE = new Changes(List.of(), List.of());

        public Changes {
            held = List.copyOf(held);
            forgotten = List.copyOf(forgotten);
        }

        static Changes held(Collection<HeldTarget> held) {
            return new Changes(List.copyOf(held), List.of());
        }
    }

    private static final class Partition {
        private final long catchUpTo;
        private final long assignedAt;
        private final Map<String, HeldTarget> targets = new HashMap<>();
        private boolean caughtUp;
        private boolean heartbeatSeen;
        private long lastHeartbeat;

        Partition(long catchUpTo, long now) {
            this.catchUpTo = catchUpTo;
            this.assignedAt = now;
            this.lastHeartbeat = now;
            this.caughtUp = catchUpTo == 0;
        }

        Changes forget(String key) {
            @Nullable HeldTarget dropped = targets.remove(key);
            return dropped == null ? Changes.NONE : new Changes(List.of(), List.of(dropped));
        }

        Changes ifCaughtUp(Changes changes) {
            return caughtUp ? changes : Changes.NONE;
        }
    }
}
