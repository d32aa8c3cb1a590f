package io.tidegate.policyengine.decide;

import java.time.Instant;

/**
 * Where in the log a decision is made.
 *
 * @param offset offset of the fact that leads to it
 * @param now the log's time: the greatest append time seen
 */
public record Moment(long offset, Instant now) {

    /** The same fact, at the earliest at this time in milliseconds. */
    public Moment notBefore(long earliest) {
        return millis() >= earliest ? this : new Moment(offset, Instant.ofEpochMilli(earliest));
    }

    /** The log's time in milliseconds. */
    public long millis() {
        return now.toEpochMilli();
    }
}
