package io.tidegate.decision.simulation;

import io.tidegate.decision.model.PartitionOffsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;

/** Partitions, what waits in them, and how long each record waited for the commit that covers it. */
final class Topic {
    private final List<Partition> partitions = new ArrayList<>();
    private final Waits waits;
    private long appended;

    Topic(int count, Waits waits) {
        this.waits = waits;
        for (int i = 0; i < count; i++) {
            partitions.add(new Partition());
        }
    }

    /** One partition. */
    final class Partition {
        private final Deque<long[]> uncommitted = new ArrayDeque<>();
        private long end;
        private long processed;
        private long committed;
        private boolean everCommitted;

        long waiting() {
            return end - processed;
        }

        void process(long records) {
            processed += records;
        }

        void commit(long now) {
            everCommitted |= processed > 0;
            while (committed < processed) {
                long[] chunk = uncommitted.getFirst();
                long covered = Math.min(chunk[1], processed - committed);
                waits.add(now - chunk[0], covered);
                committed += covered;
                chunk[1] -= covered;
                if (chunk[1] == 0) {
                    uncommitted.removeFirst();
                }
            }
        }
    }

    /** Spreads records evenly. */
    void append(long records, long now) {
        for (long i = 0; i < records; i++) {
            Partition partition = partitions.get((int) (appended++ % partitions.size()));
            partition.end++;
            long[] last = partition.uncommitted.peekLast();
            if (last != null && last[0] == now) {
                last[1]++;
            } else {
                partition.uncommitted.addLast(new long[] {now, 1});
            }
        }
    }

    Partition partition(int index) {
        return partitions.get(index);
    }

    int size() {
        return partitions.size();
    }

    long appended() {
        return appended;
    }

    long committed() {
        return partitions.stream().mapToLong(partition -> partition.committed).sum();
    }

    List<PartitionOffsets> offsets() {
        List<PartitionOffsets> offsets = new ArrayList<>();
        for (int i = 0; i < partitions.size(); i++) {
            Partition partition = partitions.get(i);
            offsets.add(new PartitionOffsets(
                    "topic",
                    i,
                    partition.everCommitted ? OptionalLong.of(partition.committed) : OptionalLong.empty(),
                    OptionalLong.of(0),
                    OptionalLong.of(partition.end)));
        }
        return offsets;
    }
}
