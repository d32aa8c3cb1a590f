package io.tidegate.autoscaler.act;

import java.time.Duration;

/** Whether a target may be written at this instant. */
sealed interface Permit {

    /** It may. */
    record Granted() implements Permit {}

    /**
     * Not yet.
     *
     * @param retryIn when to ask again
     * @param expired whether the stream that brought it has gone silent
     * @param why in words
     */
    record Postponed(Duration retryIn, boolean expired, String why) implements Permit {}

    /**
     * Never again: another target or another instance has taken its place.
     *
     * @param why in words
     */
    record Withdrawn(String why) implements Permit {}
}
