package io.tidegate.renderer.board;

import java.time.Duration;
import java.time.Instant;

/**
 * The time that a dashboard shows.
 *
 * @param from its beginning
 * @param to its end, at which single numbers are asked for
 * @param interval how often Prometheus reads, as a data source of Grafana is told; no step is shorter
 */
public record Span(Instant from, Instant to, Duration interval) {

    public Span {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a span ends after its beginning: " + from + " to " + to);
        }
        if (interval.toSeconds() < 1) {
            throw new IllegalArgumentException("an interval is a second at least: " + interval);
        }
    }

    /** Its length in whole seconds. */
    public long seconds() {
        return Math.max(1, Duration.between(from, to).toSeconds());
    }

    /** Seconds between two points of a line that is so many pixels wide: one point a pixel at most. */
    public long step(int pixels) {
        return Math.max(interval.toSeconds(), Math.ceilDiv(seconds(), Math.max(1, pixels)));
    }

    /** The window of a rate in seconds, as Grafana takes it: four readings, and never less than a step and one reading. */
    public long rateSeconds(long step) {
        return Math.max(step + interval.toSeconds(), 4 * interval.toSeconds());
    }
}
