package io.tidegate.decision.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** The workload that is scaled, as last observed. */
public sealed interface TargetState {
    /**
     * The target exists and has a scale subresource.
     *
     * @param replicas {@code spec.replicas} of {@code /scale}
     * @param statusReplicas {@code status.replicas} of {@code /scale}
     * @param pods the target's pods by phase
     * @param lastStart creation to Ready of the pod that became ready last; taken for 0 s to a day
     * @param observedAt when this was observed
     */
    record Known(int replicas, int statusReplicas, Pods pods, Optional<Duration> lastStart, Instant observedAt)
            implements TargetState {
        public Known {
            if (replicas < 0 || statusReplicas < 0) {
                throw new IllegalArgumentException(
                        "replicas must not be negative: " + replicas + ", " + statusReplicas);
            }
            Objects.requireNonNull(pods, "pods");
            lastStart = lastStart.map(Times::boundedPeriod);
            observedAt = Times.bounded(observedAt);
        }
    }

    /** The target does not exist, or it has no scale subresource; {@code message} says which. */
    record Missing(String message, Instant observedAt) implements TargetState {
        public Missing {
            Objects.requireNonNull(message, "message");
            observedAt = Times.bounded(observedAt);
        }
    }

    /**
     * A recurring Spark application of which no run is on.
     *
     * @param executors what the next run begins with, as its template says
     */
    record BetweenRuns(int executors, Instant observedAt) implements TargetState {
        public BetweenRuns {
            if (executors < 0) {
                throw new IllegalArgumentException("executors must not be negative: " + executors);
            }
            observedAt = Times.bounded(observedAt);
        }
    }

    /** No fact about the target has arrived yet. */
    record Unseen() implements TargetState {}
}
