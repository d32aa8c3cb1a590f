package io.tidegate.decision.model;

import java.util.List;
import java.util.Objects;

/**
 * What is known about one workload at the moment of a decision.
 *
 * @param target the workload's size and pods
 * @param samples the newest sample of each signal; a signal without one was never seen
 */
public record Snapshot(TargetState target, List<SignalSample> samples) {
    public Snapshot {
        Objects.requireNonNull(target, "target");
        samples = List.copyOf(samples);
    }
}
