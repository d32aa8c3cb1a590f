package io.tidegate.collector.spark;

import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.id.WorkloadId;
import java.time.Instant;

/** Takes what is read of applications; returns at once. Safe for use by many threads. */
@FunctionalInterface
public interface ReadingSink {

    void accept(WorkloadId workload, Reading reading, Instant observedAt);
}
