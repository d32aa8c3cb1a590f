package io.tidegate.collector.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tidegate.contracts.spark.SparkRun;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunAnnotationsTest {

    @Test
    void saysWhatTheAnnotationsSay() {
        assertEquals(
                new RunAnnotations(
                        new SparkRun(
                                Instant.parse("2026-01-31T05:00:00Z"),
                                "sales-data",
                                "scheduled__2026-01-31T03:00:00+00:00"),
                        ""),
                RunAnnotations.of(Map.of(
                        "tidegate.io/deadline", "2026-01-31T06:00:00+01:00",
                        "tidegate.io/owner", "sales-data",
                        "tidegate.io/run-id", "scheduled__2026-01-31T03:00:00+00:00",
                        "tidegate.io/executors-state", "{}")));
        assertEquals(new RunAnnotations(null, ""), RunAnnotations.of(Map.of()));
    }

    @Test
    void refusesWhatCannotBeReadWithoutRepeatingIt() {
        RunAnnotations annotations = RunAnnotations.of(Map.of(
                "tidegate.io/deadline", "canary", "tidegate.io/owner", "canary canary", "tidegate.io/run-id", ""));
        assertEquals(null, annotations.run());
        assertEquals(
                "the annotation tidegate.io/deadline is no time such as 2026-01-31T06:00:00+01:00; the annotation"
                        + " tidegate.io/owner must have 1 to 253 letters, digits or characters of _.:+@/-; the annotation"
                        + " tidegate.io/run-id must have 1 to 253 letters, digits or characters of _.:+@/-",
                annotations.refused());
        assertFalse(annotations.refused().contains("canary"));
    }

    @Test
    void takesWhatCanBeReadBesideWhatCannot() {
        RunAnnotations annotations = RunAnnotations.of(
                Map.of("tidegate.io/deadline", "2026-01-31T06:00:00Z", "tidegate.io/owner", "x".repeat(254)));
        assertEquals(new SparkRun(Instant.parse("2026-01-31T06:00:00Z"), null, null), annotations.run());
    }
}
