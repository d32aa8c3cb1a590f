package io.tidegate.collector.lag;

import io.tidegate.contracts.fact.SampleFact;
import java.time.Instant;

/** Takes samples for publishing; returns at once. */
@FunctionalInterface
public interface SampleSink {

    void publish(SampleFact sample, Instant observedAt);
}
