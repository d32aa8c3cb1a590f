package io.tidegate.collector.lag;

import java.time.Duration;

/**
 * How often signals are read and published.
 *
 * @param period from one read to the next while something moves
 * @param quietAfter how long a reading must stay the same before its topics are watched by the waiting fetch
 * @param slowCheck from one read to the next while the fetch watches and nothing waits
 * @param repeat from one sample to the next while records wait and the reading stays the same
 * @param heartbeat from one sample to the next while nothing waits and the reading stays the same
 */
public record Cadence(Duration period, Duration quietAfter, Duration slowCheck, Duration repeat, Duration heartbeat) {

    /** The cadence with the two intervals that aren't configured: 5 s and 1 s. */
    public static Cadence of(Duration period, Duration quietAfter, Duration heartbeat) {
        return new Cadence(period, quietAfter, Duration.ofSeconds(5), Duration.ofSeconds(1), heartbeat);
    }
}
