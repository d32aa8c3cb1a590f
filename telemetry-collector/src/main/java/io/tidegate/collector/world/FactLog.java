package io.tidegate.collector.world;

import io.tidegate.contracts.fact.Fact;
import io.tidegate.contracts.fact.SampleFact;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Takes what is to be published; returns at once. */
public interface FactLog {

    /** Publishes a policy, a workload or a tombstone; completes when it is in the log. */
    CompletionStage<Void> publish(Fact fact, Instant observedAt);

    /** Publishes a sample, unless a newer one of the same signal comes first. */
    void publish(SampleFact sample, Instant observedAt);

    /** Publishes a tick to a shard. */
    void tick(int shard, Instant now);

    /** Forgets what waits for keys that are this instance's no longer. */
    void drop(Predicate<String> key);
}
