package io.tidegate.policyengine.decide;

import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.contracts.wire.Excerpt;
import io.tidegate.decision.model.PartitionOffsets;
import io.tidegate.decision.model.SignalSample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Samples as decision-core takes them. */
public final class CoreSamples {

    /** Longest message of another's that is kept, in characters. */
    public static final int MAX_MESSAGE = 500;

    private CoreSamples() {}

    /**
     * A sample; empty if no recommender of this version reads its kind.
     *
     * @param observedAt when it was read, in milliseconds, at the latest at its append time
     */
    public static Optional<SignalSample> of(SampleFact sample, long observedAt) {
        return reading(sample.reading())
                .map(reading -> new SignalSample(sample.signal(), Instant.ofEpochMilli(observedAt), reading));
    }

    private static Optional<io.tidegate.decision.model.Reading> reading(Reading reading) {
        return switch (reading) {
            case Reading.Offsets offsets -> Optional.of(offsets(offsets));
            case Reading.Failed failed ->
                Optional.of(new io.tidegate.decision.model.Reading.Failed(cut(failed.error())));
            case Reading.Value value -> Optional.of(value(value));
            case Reading.Pods pods -> Optional.of(CorePods.of(pods));
            case Reading.Spark spark -> Optional.of(CoreApplications.of(spark));
            case Reading.Usage usage -> Optional.empty();
        };
    }

    private static io.tidegate.decision.model.Reading value(Reading.Value value) {
        Double number = value.value();
        String unknown = value.unknown();
        return new io.tidegate.decision.model.Reading.Value(
                number == null ? OptionalDouble.empty() : OptionalDouble.of(number),
                unknown == null ? "" : cut(unknown));
    }

    /** A loop, since most facts come this way. */
    private static io.tidegate.decision.model.Reading.Offsets offsets(Reading.Offsets offsets) {
        List<PartitionOffsets> partitions = new ArrayList<>(offsets.partitions().size());
        for (Reading.PartitionOffsets partition : offsets.partitions()) {
            partitions.add(partition(partition));
        }
        return new io.tidegate.decision.model.Reading.Offsets(partitions);
    }

    private static PartitionOffsets partition(Reading.PartitionOffsets partition) {
        return new PartitionOffsets(
                partition.topic(),
                partition.partition(),
                offset(partition.committed()),
                offset(partition.start()),
                offset(partition.end()));
    }

    private static OptionalLong offset(@Nullable Long offset) {
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    /** A message, cut to {@value #MAX_MESSAGE} characters. */
    public static String cut(String message) {
        return Excerpt.of(message, MAX_MESSAGE);
    }
}
