package io.tidegate.contracts.fact;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What was read of a signal; nothing in it is derived. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Reading.Offsets.class, name = "offsets"),
    @JsonSubTypes.Type(value = Reading.Usage.class, name = "usage"),
    @JsonSubTypes.Type(value = Reading.Failed.class, name = "failed")
})
public sealed interface Reading {

    /** Most entries of one reading; a body of the largest size holds fewer. */
    int MAX_ENTRIES = 20_000;

    /**
     * Offsets of a consumer group.
     *
     * @param partitions one entry for each partition of the group's topics
     */
    record Offsets(List<PartitionOffsets> partitions) implements Reading {
        public Offsets {
            partitions = bounded("partitions", partitions);
        }
    }

    /**
     * Offsets of one partition. What is absent is unknown, never 0.
     *
     * @param topic topic
     * @param partition partition number
     * @param committed next offset the group will read; absent if it has committed none
     * @param start offset of the first record kept; absent if it was not read
     * @param end offset after the last record; absent if it could not be read
     */
    record PartitionOffsets(
            String topic,
            int partition,
            @Nullable Long committed,
            @Nullable Long start,
            @Nullable Long end) {
        public PartitionOffsets {
            Objects.requireNonNull(topic, "topic");
            if (partition < 0) {
                throw new IllegalArgumentException("partition must not be negative: " + partition);
            }
            requireOffset("committed", committed);
            requireOffset("start", start);
            requireOffset("end", end);
        }
    }

    /**
     * What the metrics API says of the workload's pods.
     *
     * @param pods one entry for each pod with metrics
     */
    record Usage(List<PodUsage> pods) implements Reading {
        public Usage {
            pods = bounded("pods", pods);
        }
    }

    /**
     * Usage of one pod.
     *
     * @param pod pod name
     * @param milliCpu thousandths of a core
     * @param memoryBytes working set in bytes
     */
    record PodUsage(String pod, long milliCpu, long memoryBytes) {
        public PodUsage {
            Objects.requireNonNull(pod, "pod");
            if (milliCpu < 0 || memoryBytes < 0) {
                throw new IllegalArgumentException("milliCpu and memoryBytes must not be negative: milliCpu " + milliCpu
                        + ", memoryBytes " + memoryBytes);
            }
        }
    }

    /**
     * The signal could not be read.
     *
     * @param error what went wrong, in words for the policy's owner; no secret in it
     */
    record Failed(String error) implements Reading {
        public Failed {
            Objects.requireNonNull(error, "error");
        }
    }

    private static <T> List<T> bounded(String name, List<T> entries) {
        Objects.requireNonNull(entries, name);
        if (entries.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException(
                    name + " must have at most " + MAX_ENTRIES + " entries: " + entries.size());
        }
        return List.copyOf(entries);
    }

    private static void requireOffset(String name, @Nullable Long offset) {
        if (offset != null && offset < 0) {
            throw new IllegalArgumentException(name + " must not be negative: " + offset);
        }
    }
}
