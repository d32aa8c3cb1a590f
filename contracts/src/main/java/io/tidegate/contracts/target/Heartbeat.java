package io.tidegate.contracts.target;

import java.time.Instant;
import java.util.Objects;

/**
 * Says that the engine has read the log of one partition up to a time; targets of that partition are fresh.
 *
 * @param partition the partition
 * @param logTime the engine's time: the greatest append time seen
 */
public record Heartbeat(int partition, Instant logTime) implements TargetMessage {
    public Heartbeat {
        Objects.requireNonNull(logTime, "logTime");
        if (partition < 0) {
            throw new IllegalArgumentException("partition must not be negative: " + partition);
        }
    }

    @Override
    public String key() {
        return "heartbeat/" + partition;
    }
}
