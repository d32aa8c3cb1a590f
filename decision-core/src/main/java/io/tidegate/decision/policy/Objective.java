package io.tidegate.decision.policy;

import io.tidegate.decision.schedule.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** What the size must hold. */
public sealed interface Objective {
    /**
     * How long a record may wait.
     *
     * @param maxLatency longest time from a record's append to the commit that covers it; 1 s to 365 days
     * @param percentile share of records that must keep it, 1 to 100
     */
    record Latency(Duration maxLatency, int percentile) implements Objective {
        public Latency {
            requireBounded("maxLatency", maxLatency);
            if (percentile < 1 || percentile > 100) {
                throw new IllegalArgumentException("objective.percentile must be 1 to 100: " + percentile);
            }
        }
    }

    /**
     * How long a run may take.
     *
     * @param duration from its begin to its end; 1 s to 365 days
     */
    record Within(Duration duration) implements Objective {
        public Within {
            requireBounded("duration", duration);
        }
    }

    /**
     * When a run must be over.
     *
     * @param deadline the first of its times after the run's begin
     */
    record Until(Deadline deadline) implements Objective {
        public Until {
            Objects.requireNonNull(deadline, "deadline");
        }
    }

    /**
     * When this very run must be over.
     *
     * @param end may lie before the run's begin: then it is late whatever its size
     */
    record By(Instant end) implements Objective {
        public By {
            Objects.requireNonNull(end, "end");
        }
    }

    private static void requireBounded(String what, Duration duration) {
        if (duration.toSeconds() < 1 || duration.compareTo(Duration.ofDays(365)) > 0) {
            throw new IllegalArgumentException("objective." + what + " must be 1 s to 365 days: " + duration);
        }
    }
}
