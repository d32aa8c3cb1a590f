package io.tidegate.contracts.wire;

import java.time.Instant;
import java.util.Objects;

/**
 * Context attributes of an event.
 *
 * @param id unique for the source
 * @param source who says it, such as {@code tidegate/collector/collector-0}
 * @param time when it was observed or decided
 */
public record Envelope(String id, String source, Instant time) {
    public Envelope {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(time, "time");
    }
}
