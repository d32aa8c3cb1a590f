package io.tidegate.decision.signal;

import io.tidegate.decision.model.PartitionOffsets;
import io.tidegate.decision.model.Reading;
import io.tidegate.decision.model.Reason;
import io.tidegate.decision.policy.KafkaSignal;
import io.tidegate.decision.policy.NoCommittedOffset;
import java.util.OptionalLong;

/** Reads the lag from offsets. */
public final class LagMeter {
    private LagMeter() {}

    /** The lag that {@code reading} shows, by the rules of {@code signal}. */
    public static LagMeasure measure(KafkaSignal signal, Reading reading) {
        return switch (reading) {
            case Reading.Failed failed -> new LagMeasure.Unknown(Reason.SIGNAL_FAILED, failed.error());
            case Reading.Offsets offsets -> {
                long lag = 0;
                int known = 0;
                for (PartitionOffsets partition : offsets.partitions()) {
                    OptionalLong one = lagOf(partition, signal.noCommittedOffset());
                    if (one.isPresent()) {
                        known++;
                        lag = saturatingAdd(lag, one.getAsLong());
                    }
                }
                int partitions = offsets.partitions().size();
                if (known == 0) {
                    yield new LagMeasure.Unknown(Reason.SIGNAL_UNKNOWN, "no offset of any partition is known");
                }
                yield known == partitions
                        ? new LagMeasure.Known(lag, partitions)
                        : new LagMeasure.AtLeast(lag, partitions);
            }
        };
    }

    private static OptionalLong lagOf(PartitionOffsets partition, NoCommittedOffset noCommittedOffset) {
        if (partition.committed().isEmpty() && noCommittedOffset == NoCommittedOffset.LATEST) {
            return OptionalLong.of(0);
        }
        OptionalLong from = partition.committed().isPresent() ? partition.committed() : partition.start();
        if (from.isEmpty() || partition.end().isEmpty()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Math.max(0, partition.end().getAsLong() - from.getAsLong()));
    }

    private static long saturatingAdd(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }
}
