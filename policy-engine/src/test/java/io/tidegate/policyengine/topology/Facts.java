package io.tidegate.policyengine.topology;

import io.tidegate.contracts.fact.OutcomeFact;
import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.contracts.fact.TickFact;
import io.tidegate.contracts.fact.WorkloadFact;
import io.tidegate.contracts.fact.WorkloadFact.PodCounts;
import io.tidegate.contracts.fact.WorkloadFact.ScaleResource;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.KafkaSignal;
import io.tidegate.contracts.policy.Mode;
import io.tidegate.contracts.policy.PolicySpec;
import io.tidegate.contracts.policy.ReplicaBounds;
import io.tidegate.contracts.policy.ScaleTargetRef;
import io.tidegate.contracts.policy.SignalSpec;
import java.time.Instant;
import java.util.List;

/** Facts for tests. */
final class Facts {

    static final WorkloadId ORDERS = new WorkloadId("eu", "sales", "Deployment", "orders");
    static final ScaleResource SCALE = new ScaleResource("apps/v1", "deployments");
    static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

    private Facts() {}

    static PolicyId policyId(String name) {
        return new PolicyId("eu", "sales", name);
    }

    static PolicyFact policy(String name) {
        return policy(name, ORDERS, 1, CREATED, Mode.Enforce);
    }

    static PolicyFact policy(String name, WorkloadId workload, long generation, Instant createdAt, Mode mode) {
        return new PolicyFact(
                policyId(name),
                "uid-" + name,
                generation,
                createdAt,
                workload,
                new PolicySpec(
                        new ScaleTargetRef("apps/v1", workload.kind(), workload.name()),
                        mode,
                        new ReplicaBounds(0, 40),
                        null,
                        List.of(new SignalSpec(
                                "lag",
                                new KafkaSignal(
                                        "kafka",
                                        "orders",
                                        List.of("orders"),
                                        10,
                                        0,
                                        KafkaSignal.NoCommittedOffset.Earliest,
                                        null,
                                        true,
                                        KafkaSignal.Wake.Fetch))),
                        null,
                        null));
    }

    static WorkloadFact replicas(int replicas) {
        return replicas(ORDERS, replicas);
    }

    static WorkloadFact replicas(WorkloadId workload, int replicas) {
        return new WorkloadFact(workload, SCALE, replicas, replicas, new PodCounts(0, 0, replicas, 0, 0), null, null);
    }

    static WorkloadFact missing() {
        return new WorkloadFact(
                ORDERS, null, null, 0, PodCounts.NONE, null, "Deployment orders does not exist in namespace sales.");
    }

    static SampleFact lag(long records) {
        return lag(ORDERS, records);
    }

    static SampleFact lag(WorkloadId workload, long records) {
        return new SampleFact(
                workload,
                "lag",
                new Reading.Offsets(List.of(new Reading.PartitionOffsets("orders", 0, 100L, 0L, 100 + records))));
    }

    static TickFact tick() {
        return new TickFact(0, "collector-0");
    }

    static OutcomeFact outcome(OutcomeFact.Result result, long sequence) {
        return new OutcomeFact(ORDERS, policyId("a"), "d-1", sequence, result, 0, 1, 1, "the server's words", 12);
    }
}
