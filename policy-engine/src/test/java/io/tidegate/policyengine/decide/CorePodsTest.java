package io.tidegate.policyengine.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.Reading.PodReading.Phase;
import io.tidegate.decision.model.ContainerReading;
import io.tidegate.decision.model.PodPhase;
import io.tidegate.decision.model.PodReading;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CorePodsTest {

    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void carriesEverythingOver() {
        Reading.PodReading pod = new Reading.PodReading(
                "a",
                Phase.Running,
                true,
                false,
                AT,
                AT.plusSeconds(1),
                AT.plusSeconds(2),
                15_000L,
                1L,
                2L,
                List.of(new Reading.ContainerReading("app", 3L, 4L, 5L, 6L)));
        assertEquals(
                new PodReading(
                        "a",
                        PodPhase.RUNNING,
                        true,
                        Optional.of(false),
                        Optional.of(AT),
                        Optional.of(AT.plusSeconds(1)),
                        Optional.of(AT.plusSeconds(2)),
                        OptionalLong.of(15_000),
                        OptionalLong.of(1),
                        OptionalLong.of(2),
                        List.of(new ContainerReading(
                                "app",
                                OptionalLong.of(3),
                                OptionalLong.of(4),
                                OptionalLong.of(5),
                                OptionalLong.of(6)))),
                core(pod));
    }

    @Test
    void whatIsAbsentStaysUnknown() {
        assertEquals(
                new PodReading(
                        "a",
                        PodPhase.PENDING,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        List.of(new ContainerReading(
                                "app",
                                OptionalLong.empty(),
                                OptionalLong.empty(),
                                OptionalLong.empty(),
                                OptionalLong.empty()))),
                core(pod(Phase.Pending, null, null)));
    }

    @Test
    void aReadyConditionWhoseStatusIsUnknownIsNotFalse() {
        assertEquals(Optional.of(true), core(pod(Phase.Running, null, AT)).ready());
        assertEquals(Optional.of(false), core(pod(Phase.Running, false, AT)).ready());
        assertEquals(Optional.empty(), core(pod(Phase.Running, null, null)).ready());
    }

    @Test
    void knowsEachPhase() {
        assertEquals(
                List.of(PodPhase.values()),
                Arrays.stream(Phase.values())
                        .map(phase -> core(pod(phase, null, null)).phase())
                        .toList());
    }

    private static PodReading core(Reading.PodReading pod) {
        return CorePods.of(new Reading.Pods(List.of(pod))).pods().getFirst();
    }

    private static Reading.PodReading pod(Phase phase, @Nullable Boolean ready, @Nullable Instant readyChangedAt) {
        return new Reading.PodReading(
                "a",
                phase,
                false,
                ready,
                readyChangedAt,
                null,
                null,
                null,
                null,
                null,
                List.of(new Reading.ContainerReading("app", null, null, null, null)));
    }
}
