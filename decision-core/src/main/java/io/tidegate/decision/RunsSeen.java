package io.tidegate.decision;

import io.tidegate.decision.model.SignalSample;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.policy.Signal;
import io.tidegate.decision.policy.SparkSignal;
import io.tidegate.decision.signal.Observer;
import io.tidegate.decision.signal.SignalMemory;
import io.tidegate.decision.signal.SparkMemory;
import io.tidegate.decision.signal.SparkObservation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What has been seen of the runs of a Spark application that can't be scaled at the moment. It is taken in all the same: where a
 * driver has no plugin, what the next run begins with is the only size that there is.
 *
 * @param memory with the newest sample
 */
record RunsSeen(SparkSignal signal, SparkMemory course, Duration executorStart, Memory memory) {

    /** Empty for a policy of any other workload. */
    static Optional<RunsSeen> of(Policy policy, List<SignalSample> samples, Memory memory, Instant now) {
        for (Signal each : policy.signals()) {
            if (each instanceof SparkSignal signal) {
                return Optional.of(of(signal, samples, memory, now));
            }
        }
        return Optional.empty();
    }

    private static RunsSeen of(SparkSignal signal, List<SignalSample> samples, Memory memory, Instant now) {
        Observer.Seen seen = Observer.watch(
                signal,
                DecisionEngine.sampleOf(samples, Observer.sampleOf(signal)),
                DecisionEngine.memoryOf(memory.signals(), signal.name()),
                now);
        List<SignalMemory> signals = new ArrayList<>(memory.signals());
        signals.removeIf(one -> one.signal().equals(signal.name()));
        if (seen.memory() != null) {
            signals.add(seen.memory());
        }
        SparkObservation observation = (SparkObservation) seen.observation();
        return new RunsSeen(
                signal,
                observation.course(),
                observation.executorStart(),
                new Memory(memory.crew(), signals, memory.guards()));
    }
}
