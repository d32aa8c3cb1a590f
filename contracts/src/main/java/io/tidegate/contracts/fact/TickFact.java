package io.tidegate.contracts.fact;

import java.util.Objects;

/**
 * Moves time on in a quiet partition.
 *
 * @param partition the partition it is written to
 * @param collector the instance that wrote it
 */
public record TickFact(int partition, String collector) implements Fact {
    public TickFact {
        Objects.requireNonNull(collector, "collector");
        if (partition < 0) {
            throw new IllegalArgumentException("partition must not be negative: " + partition);
        }
    }

    @Override
    public String key() {
        return "tick/" + partition;
    }
}
