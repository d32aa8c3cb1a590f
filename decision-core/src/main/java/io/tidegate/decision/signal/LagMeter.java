package io.tidegate.decision.signal;

import io.tidegate.decision.model.PartitionOffsets;
import io.tidegate.decision.model.Reading;
import io.tidegate.decision.model.Reason;
import io.tidegate.decision.policy.NoCommittedOffset;
import java.util.List;

/** Reads the lag of a group from its offsets. */
final class LagMeter {
    private static final long UNKNOWN = -1;

    private LagMeter() {}

    /** Measures {@code reading}; {@code probe} is the index of a partition to report on by itself, -1 for none. */
    static LagMeasure measure(Reading reading, NoCommittedOffset noCommittedOffset, int probe) {
        return switch (reading) {
            case Reading.Failed failed -> new LagMeasure.Unknown(Reason.SIGNAL_FAILED, failed.error());
            case Reading.Pods ignored ->
                new LagMeasure.Unknown(Reason.SIGNAL_UNKNOWN, "the sample holds pods instead of offsets");
            case Reading.Offsets offsets -> sum(offsets.partitions(), noCommittedOffset, probe);
        };
    }

    private static LagMeasure sum(List<PartitionOffsets> partitions, NoCommittedOffset noCommittedOffset, int probe) {
        long lag = 0;
        long end = 0;
        long consumed = 0;
        int known = 0;
        int guessed = 0;
        int lagging = 0;
        int busiest = 0;
        long most = 0;
        long probed = UNKNOWN;
        for (int i = 0; i < partitions.size(); i++) {
            PartitionOffsets partition = partitions.get(i);
            long from = consumedUpTo(partition, noCommittedOffset);
            if (from == UNKNOWN) {
                continue;
            }
            long last = partition.end().getAsLong();
            long waiting = Math.max(0, last - from);
            known++;
            lag = Sums.add(lag, waiting);
            end = Sums.add(end, last);
            consumed = Sums.add(consumed, from);
            guessed += noCommittedOffset == NoCommittedOffset.LATEST
                            && partition.committed().isEmpty()
                    ? 1
                    : 0;
            lagging += waiting > 0 ? 1 : 0;
            if (waiting > most) {
                most = waiting;
                busiest = i;
            }
            if (i == probe) {
                probed = from;
            }
        }
        if (known == 0) {
            return new LagMeasure.Unknown(Reason.SIGNAL_UNKNOWN, "the offsets of no partition are known");
        }
        Totals totals = new Totals(lag, end, consumed, partitions.size(), guessed, lagging, most, busiest, probed);
        return known == partitions.size() ? new LagMeasure.Known(totals) : new LagMeasure.AtLeast(totals);
    }

    /** The offset up to which the group is through with a partition, or {@link #UNKNOWN}. */
    private static long consumedUpTo(PartitionOffsets partition, NoCommittedOffset noCommittedOffset) {
        if (partition.end().isEmpty()) {
            return UNKNOWN;
        }
        if (partition.committed().isPresent()) {
            // Records below the start are gone by retention: they cannot be consumed any more, so they do not wait.
            long start = partition.start().isPresent() ? partition.start().getAsLong() : 0;
            return Math.max(partition.committed().getAsLong(), start);
        }
        return switch (noCommittedOffset) {
            case LATEST -> partition.end().getAsLong();
            case EARLIEST -> partition.start().isPresent() ? partition.start().getAsLong() : UNKNOWN;
        };
    }
}
