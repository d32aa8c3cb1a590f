package io.tidegate.collector.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tidegate.contracts.fact.WorkloadFact;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.spark.SparkRun;
import io.tidegate.contracts.wire.Envelope;
import io.tidegate.contracts.wire.EventCodec;
import io.tidegate.contracts.wire.EventType;
import io.tidegate.contracts.wire.UnreadableRecordException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+10000-01-01T00:00:00Z",
                "9999-12-31T23:59:59-01:00",
                "+999999999-12-31T23:59:59-18:00",
                "-999999999-01-01T00:00:00+18:00",
                "0000-01-01T00:00:00+00:01",
                "NaN",
                "7",
                "{\"a\":1}"
            })
    void refusesATimeThatNoRecordCanHold(String deadline) {
        RunAnnotations annotations = RunAnnotations.of(Map.of("tidegate.io/deadline", deadline));
        assertEquals(null, annotations.run());
        assertEquals(
                "the annotation tidegate.io/deadline is no time such as 2026-01-31T06:00:00+01:00",
                annotations.refused());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z"})
    void takesEachTimeThatARecordCanHold(String deadline) throws UnreadableRecordException {
        SparkRun run =
                RunAnnotations.of(Map.of("tidegate.io/deadline", deadline)).run();
        WorkloadId workload = new WorkloadId("eu", "sales", "SparkDriver", "nightly");
        WorkloadFact fact = new WorkloadFact(
                workload,
                null,
                1,
                0,
                WorkloadFact.PodCounts.NONE,
                null,
                null,
                new WorkloadFact.SparkDriver("driver", "uid", "spark-1", run));
        Envelope envelope = new Envelope("c0-1", "tidegate/collector/c0", Instant.EPOCH);
        assertEquals(
                fact,
                EventCodec.fact(fact.key(), EventCodec.body(fact), EventCodec.headers(EventType.WORKLOAD, envelope))
                        .body());
    }

    @Test
    void takesWhatCanBeReadBesideWhatCannot() {
        RunAnnotations annotations = RunAnnotations.of(
                Map.of("tidegate.io/deadline", "2026-01-31T06:00:00Z", "tidegate.io/owner", "x".repeat(254)));
        assertEquals(new SparkRun(Instant.parse("2026-01-31T06:00:00Z"), null, null), annotations.run());
    }
}
