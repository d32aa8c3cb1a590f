package io.tidegate.policyengine.topology;

import static io.tidegate.policyengine.topology.Facts.lag;
import static io.tidegate.policyengine.topology.Facts.policy;
import static io.tidegate.policyengine.topology.Facts.policyId;
import static io.tidegate.policyengine.topology.Facts.replicas;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.contracts.fact.PolicyTombstone;
import io.tidegate.policyengine.WorkloadSeries;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkloadMetricsTest {

    private final EngineDriver engine = EngineDriver.inMemory(new ScriptedDecisions());

    @Test
    void showTheLastDecisionAndEndWithThePolicy() {
        try (engine) {
            decide();
            assertEquals(List.of(0.0), values("tidegate_workload_replicas_current"));
            assertEquals(List.of(10.0), values("tidegate_workload_replicas_desired"));
            assertEquals(
                    List.of(engine.now().toEpochMilli() / 1000.0),
                    values("tidegate_workload_last_change_timestamp_seconds"));

            engine.fact(new PolicyTombstone(policyId("a")));
            assertEquals(List.of(), values("tidegate_workload_replicas_desired"));
        }
    }

    @Test
    void endWithThePartition() {
        try (engine) {
            decide();
        }
        assertEquals(List.of(), values("tidegate_workload_replicas_desired"));
    }

    private void decide() {
        engine.fact(policy("a"));
        engine.fact(replicas(0));
        engine.fact(lag(95));
    }

    private List<Double> values(String name) {
        return new WorkloadSeries(engine.metrics.readings())
                .collect().stream()
                        .flatMap(family -> family.samples.stream())
                        .filter(sample -> sample.name.equals(name))
                        .map(sample -> sample.value)
                        .toList();
    }
}
