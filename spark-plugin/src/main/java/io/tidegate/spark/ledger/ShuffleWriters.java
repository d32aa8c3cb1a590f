package io.tidegate.spark.ledger;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which shuffles the jobs that run write.
 *
 * @param bytes average size of a map output of each shuffle of which some were seen
 * @param executors those that run tasks which write each shuffle
 */
public record ShuffleWriters(Map<Integer, Long> bytes, Map<Integer, Set<String>> executors) {
    public ShuffleWriters {
        bytes = Map.copyOf(bytes);
        executors = Map.copyOf(executors);
    }

    public OptionalLong bytesOfOutput(int shuffle) {
        Long average = bytes.get(shuffle);
        return average == null ? OptionalLong.empty() : OptionalLong.of(average);
    }

    public Set<String> of(int shuffle) {
        return executors.getOrDefault(shuffle, Set.of());
    }
}
