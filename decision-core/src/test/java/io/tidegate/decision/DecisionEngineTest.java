package io.tidegate.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.decision.model.PartitionOffsets;
import io.tidegate.decision.model.Pods;
import io.tidegate.decision.model.Reading;
import io.tidegate.decision.model.SignalSample;
import io.tidegate.decision.model.Snapshot;
import io.tidegate.decision.model.TargetState;
import io.tidegate.decision.policy.KafkaSignal;
import io.tidegate.decision.policy.Mode;
import io.tidegate.decision.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DecisionEngineTest {
    @Test
    void wakesAWorkloadAtZeroStraightToTheNeededSize() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        Policy policy = new Policy(
                Mode.ENFORCE,
                0,
                10,
                Optional.empty(),
                List.of(KafkaSignal.named("lag")),
                Optional.empty(),
                Optional.empty());
        List<PartitionOffsets> partitions = List.of(
                new PartitionOffsets("t", 0, OptionalLong.of(5), OptionalLong.of(0), OptionalLong.of(25)),
                new PartitionOffsets("t", 1, OptionalLong.empty(), OptionalLong.of(3), OptionalLong.of(8)),
                new PartitionOffsets("t", 2, OptionalLong.of(9), OptionalLong.of(0), OptionalLong.of(8)));
        Snapshot snapshot = new Snapshot(
                new TargetState.Known(0, 0, Pods.allReady(0), Optional.empty(), now),
                List.of(new SignalSample("lag", now, new Reading.Offsets(partitions))));
        assertEquals(
                3,
                DecisionEngine.decide(policy, snapshot, Memory.empty(), now)
                        .decision()
                        .desired());
    }
}
