package io.tidegate.decision.signal;

import io.tidegate.decision.model.Reason;
import io.tidegate.decision.policy.Signal;
import java.time.Duration;
import java.time.Instant;

/** One signal as it stands at the time of a decision. */
public sealed interface Observation
        permits LagObservation, UsageObservation, ScheduleObservation, SparkObservation, ValueObservation {
    /** A quiet workload is heard of every 30 s; a shrink waits for a heartbeat that is half a period late. */
    Duration OVERDUE_AFTER = Duration.ofSeconds(45);

    Signal signal();

    /** Age of the newest sample; zero if there is none. */
    Duration age();

    /** The age from which on the newest sample is no reason to shrink. */
    default Duration overdueAfter() {
        return OVERDUE_AFTER;
    }

    /** Time of the newest usable sample, or else the first sight of the signal. */
    Instant usableAt();

    /** What keeps the signal from being fully known, or {@link Reason#PASSED}. */
    Reason gap();

    /** More about the gap, in words; may be empty. */
    String gapDetail();
}
