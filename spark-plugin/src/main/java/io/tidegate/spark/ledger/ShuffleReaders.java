package io.tidegate.spark.ledger;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which shuffles are needed by the jobs that run.
 *
 * @param read shuffles that a stage reads
 * @param soon milliseconds until a stage that waits may begin to read each of these
 * @param untold whether there are stages of which it is not known what they read
 */
public record ShuffleReaders(Set<Integer> read, Map<Integer, Long> soon, boolean untold) {
    public ShuffleReaders {
        read = Set.copyOf(read);
        soon = Map.copyOf(soon);
    }

    /** Shuffles that are not done with. */
    public Set<Integer> live() {
        Set<Integer> live = new HashSet<>(read);
        live.addAll(soon.keySet());
        return live;
    }

    /** Whether a stage reads the shuffle or may begin to within this time. */
    public boolean within(int shuffle, long millis) {
        Long start = soon.get(shuffle);
        return read.contains(shuffle) || (start != null && start < millis);
    }
}
