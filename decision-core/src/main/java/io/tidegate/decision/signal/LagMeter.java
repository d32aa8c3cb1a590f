package io.tidegate.decision.signal;

import io.tidegate.decision.model.PartitionOffsets;
import io.tidegate.decision.model.Reading;
import io.tidegate.decision.model.Reason;
import io.tidegate.decision.policy.KafkaSignal;
import io.tidegate.decision.policy.LagOptions;
import io.tidegate.decision.policy.NoCommittedOffset;
import java.util.List;

/** Reads the lag of a group from its offsets. */
final class LagMeter {
    static final long UNKNOWN = -1;

    private LagMeter() {}

    /**
     * Measures {@code reading}.
     *
     * @param probe index of a partition to report on by itself, -1 for none
     * @param standing what has been seen to stand still, this reading included
     * @param at when it was read, in ms since the epoch
     */
    static LagMeasure measure(KafkaSignal signal, Reading reading, int probe, StandingMemory standing, long at) {
        return switch (reading) {
            case Reading.Failed failed -> new LagMeasure.Unknown(Reason.SIGNAL_FAILED, failed.error());
            case Reading.Pods ignored ->
                new LagMeasure.Unknown(Reason.SIGNAL_UNKNOWN, "the sample holds pods instead of offsets");
            case Reading.Spark ignored ->
                new LagMeasure.Unknown(
                        Reason.SIGNAL_UNKNOWN, "the sample holds an application's state instead of offsets");
            case Reading.Value ignored ->
                new LagMeasure.Unknown(Reason.SIGNAL_UNKNOWN, "the sample holds a number instead of offsets");
            case Reading.Offsets offsets ->
                sum(signal, offsets.partitions(), probe, standing, at - StandingMeter.PERSISTENT_AFTER_MS);
        };
    }

    private static LagMeasure sum(
            KafkaSignal signal,
            List<PartitionOffsets> partitions,
            int probe,
            StandingMemory standing,
            long standingSince) {
        LagOptions options = signal.options();
        long lag = 0;
        long stuck = 0;
        long end = 0;
        long consumed = 0;
        int counted = 0;
        int known = 0;
        int guessed = 0;
        int lagging = 0;
        int busiest = 0;
        long most = 0;
        long probed = UNKNOWN;
        for (int i = 0; i < partitions.size(); i++) {
            PartitionOffsets partition = partitions.get(i);
            if (!options.counts(partition.partition())) {
                continue;
            }
            counted++;
            long from = consumedUpTo(partition, signal);
            if (from == UNKNOWN) {
                continue;
            }
            long last = partition.end().getAsLong();
            long waiting = Math.max(0, last - from);
            known++;
            end = Sums.add(end, last);
            consumed = Sums.add(consumed, from);
            guessed += isGuessed(partition, signal) ? 1 : 0;
            probed = i == probe ? from : probed;
            if (waiting > 0 && standing.since(i, from) <= standingSince) {
                stuck = Sums.add(stuck, waiting);
                continue;
            }
            lag = Sums.add(lag, waiting);
            lagging += waiting > 0 ? 1 : 0;
            busiest = waiting > most ? i : busiest;
            most = Math.max(most, waiting);
        }
        if (known == 0) {
            return new LagMeasure.Unknown(
                    Reason.SIGNAL_UNKNOWN,
                    counted == 0 && !partitions.isEmpty()
                            ? "no partition is one of those that count"
                            : "the offsets of no partition are known");
        }
        Totals totals = new Totals(lag, stuck, end, consumed, counted, guessed, lagging, most, busiest, probed);
        return known == counted ? new LagMeasure.Known(totals) : new LagMeasure.AtLeast(totals);
    }

    private static boolean isGuessed(PartitionOffsets partition, KafkaSignal signal) {
        return signal.noCommittedOffset() == NoCommittedOffset.LATEST
                && partition.committed().isEmpty();
    }

    /** The offset up to which the group is through with a partition, or {@link #UNKNOWN}. */
    static long consumedUpTo(PartitionOffsets partition, KafkaSignal signal) {
        if (partition.end().isEmpty()) {
            return UNKNOWN;
        }
        if (partition.committed().isPresent()) {
            // Records below the start are gone by retention: they cannot be consumed any more, so they do not wait.
            long start = partition.start().isPresent() ? partition.start().getAsLong() : 0;
            return Math.max(partition.committed().getAsLong(), start);
        }
        return switch (signal.noCommittedOffset()) {
            case LATEST -> partition.end().getAsLong();
            case EARLIEST -> partition.start().isPresent() ? partition.start().getAsLong() : UNKNOWN;
        };
    }
}
