package io.tidegate.decision.signal;

import io.tidegate.decision.model.PartitionOffsets;
import io.tidegate.decision.policy.KafkaSignal;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds lag that more replicas cannot cure: that of partitions whose consumer is stuck, say on a record that it cannot
 * process. Only while replicas are ready, since without one all commits stand still.
 */
final class StandingMeter {
    /** Stuck partitions are few; 16 of them take about 300 bytes. */
    static final int MOST = 16;
    /** One polling interval of the lag scalers that users know. Consumers commit every 5 s at the latest, by default. */
    static final long PERSISTENT_AFTER_MS = 30_000;

    private StandingMeter() {}

    static StandingMemory update(
            StandingMemory memory, KafkaSignal signal, List<PartitionOffsets> partitions, boolean served, long at) {
        if (!signal.options().excludePersistentLag() || !served) {
            return StandingMemory.EMPTY;
        }
        List<StandingPartition> standing = new ArrayList<>(MOST);
        if (memory.partitions() == partitions.size()) {
            for (StandingPartition one : memory.standing()) {
                if (stands(one, partitions.get(one.index()), signal)) {
                    standing.add(one);
                }
            }
        }
        fill(standing, signal, partitions, at);
        return new StandingMemory(partitions.size(), standing);
    }

    private static boolean stands(StandingPartition one, PartitionOffsets partition, KafkaSignal signal) {
        long consumed = LagMeter.consumedUpTo(partition, signal);
        // What is not known has not moved.
        return consumed == LagMeter.UNKNOWN
                || (consumed == one.consumed() && partition.end().getAsLong() > consumed);
    }

    /** The partitions in which most waits come first: what is stuck falls farther and farther behind. */
    private static void fill(
            List<StandingPartition> standing, KafkaSignal signal, List<PartitionOffsets> partitions, long at) {
        int followed = standing.size();
        List<Long> lags = new ArrayList<>(MOST);
        for (int i = 0; i < partitions.size(); i++) {
            long consumed = LagMeter.consumedUpTo(partitions.get(i), signal);
            long lag =
                    consumed == LagMeter.UNKNOWN ? 0 : partitions.get(i).end().getAsLong() - consumed;
            boolean full = standing.size() == MOST;
            if (lag <= 0 || follows(standing, followed, i) || (full && (lags.isEmpty() || lag <= lags.getLast()))) {
                continue;
            }
            if (full) {
                standing.removeLast();
                lags.removeLast();
            }
            int place = lags.size();
            while (place > 0 && lags.get(place - 1) < lag) {
                place--;
            }
            lags.add(place, lag);
            standing.add(followed + place, new StandingPartition(i, consumed, at));
        }
    }

    private static boolean follows(List<StandingPartition> standing, int count, int index) {
        for (int i = 0; i < count; i++) {
            if (standing.get(i).index() == index) {
                return true;
            }
        }
        return false;
    }
}
