package io.tidegate.contracts.fact;

/** A record of tidegate.facts. A null body with a policy's or workload's type is its tombstone. */
public sealed interface Fact
        permits PolicyFact, PolicyTombstone, WorkloadFact, WorkloadTombstone, SampleFact, TickFact, OutcomeFact {

    /** The record key. */
    String key();
}
