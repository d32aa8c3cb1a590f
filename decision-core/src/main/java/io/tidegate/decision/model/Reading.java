package io.tidegate.decision.model;

import java.util.List;
import java.util.Objects;

/** The raw content of a sample. */
public sealed interface Reading {
    /** Offsets of a consumer group; an empty list means that no partition is known, which is not a lag of 0. */
    record Offsets(List<PartitionOffsets> partitions) implements Reading {
        public Offsets {
            partitions = List.copyOf(partitions);
        }
    }

    /** The target's pods with what they request and use; an empty list means that there is none. */
    record Pods(List<PodReading> pods) implements Reading {
        public Pods {
            pods = List.copyOf(pods);
        }
    }

    /** The source answered with an error. */
    record Failed(String error) implements Reading {
        public Failed {
            Objects.requireNonNull(error, "error");
        }
    }
}
