package io.tidegate.autoscaler.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.autoscaler.testing.TargetBuilder;
import io.tidegate.contracts.decision.DecisionRecord.LearnedRate;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.Behavior;
import io.tidegate.contracts.policy.EffectiveSpec;
import io.tidegate.contracts.policy.Fallback;
import io.tidegate.contracts.policy.Inherited;
import io.tidegate.contracts.policy.Mode;
import io.tidegate.contracts.policy.Objective;
import io.tidegate.contracts.policy.ReplicaBounds;
import io.tidegate.contracts.policy.ScalingRules;
import io.tidegate.contracts.spark.SparkRun;
import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.target.Target.Condition;
import io.tidegate.contracts.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatusDocumentTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.891Z");

    @Test
    void rendersAllThatIsKnown() throws IOException {
        PolicyStatus status = new PolicyStatus(
                target(
                        "9 -> 4: 812 records/s arrive.",
                        new LearnedRate(228.4567, 0.9412, 31),
                        true,
                        List.of(
                                new Condition("Fresh", "True", "SignalsFresh", "all signals are fresh"),
                                new Condition("Applied", "True", "Forged", "not ours to say"))),
                4,
                new Condition("Applied", "True", "Applied", "4 replicas are set"),
                PolicyStatus.STREAM_FLOWS);
        assertGolden("all", status, Json.mapper().missingNode());
    }

    @Test
    void rendersALittle() throws IOException {
        PolicyStatus status = new PolicyStatus(
                target("no size", null, null, List.of()),
                null,
                new Condition("Applied", "False", "NoSize", "there is no size to hold"),
                PolicyStatus.STREAM_FLOWS);
        assertGolden("little", status, Json.mapper().missingNode());
    }

    @Test
    void rendersWhatHoldsAfterInheritance() throws IOException {
        Target own = target("no size", null, null, List.of());
        EffectiveSpec effective = new EffectiveSpec(
                new Inherited("batch", List.of("mode", "replicas.max")),
                Mode.Shadow,
                new ReplicaBounds(1, 100),
                new Objective(Duration.ofSeconds(90), 95),
                new Behavior(new ScalingRules(60, null, null, 0.1), null),
                new Fallback(Duration.ofMinutes(3), 6));
        PolicyStatus status = new PolicyStatus(
                new Target(
                        own.workload(),
                        own.policy(),
                        own.policyUid(),
                        own.generation(),
                        Mode.Shadow,
                        own.decisionId(),
                        own.sequence(),
                        null,
                        null,
                        null,
                        own.reason(),
                        own.sentence(),
                        null,
                        own.decidedAt(),
                        null,
                        null,
                        null,
                        List.of(),
                        effective.fallback(),
                        false,
                        effective,
                        null,
                        null,
                        null),
                null,
                new Condition("Applied", "False", "NoSize", "there is no size to hold"),
                PolicyStatus.STREAM_FLOWS);
        assertEquals(
                Json.mapper().readTree("""
                        {
                          "profile": "batch",
                          "inherited": ["mode", "replicas.max"],
                          "mode": "Shadow",
                          "replicas": {"min": 1, "max": 100},
                          "objective": {"maxLatency": "1m30s", "percentile": 95},
                          "behavior": {"scaleUp": {"stabilizationWindowSeconds": 60, "tolerance": 0.1}},
                          "fallback": {"after": "3m", "replicas": 6}
                        }
                        """),
                StatusDocument.render(status, Json.mapper().missingNode(), NOW).path("effective"));
    }

    @Test
    void keepsTheTransitionTimeOfAConditionWhoseStatusStays() throws JsonProcessingException {
        JsonNode before = Json.mapper().readTree("""
                        {"conditions": [
                          {"type": "Applied", "status": "True", "lastTransitionTime": "2026-01-01T00:00:00Z"},
                          {"type": "FallbackActive", "status": "True", "lastTransitionTime": "2026-01-01T00:00:00Z"}]}
                        """);
        PolicyStatus status = new PolicyStatus(
                target("s", null, null, List.of()),
                null,
                new Condition("Applied", "True", "InPlace", "the size is as decided"),
                PolicyStatus.STREAM_FLOWS);
        JsonNode conditions = StatusDocument.render(status, before, NOW).path("conditions");
        assertEquals(
                "2026-01-01T00:00:00Z",
                conditions.get(0).path("lastTransitionTime").asText());
        assertEquals(
                "2026-03-04T05:06:07Z",
                conditions.get(1).path("lastTransitionTime").asText());
    }

    @Test
    void cutsTextsThatTheApiServerWouldRefuse() {
        PolicyStatus status = new PolicyStatus(
                target("x".repeat(60_000), null, null, List.of(new Condition("T", "True", "R", "y".repeat(60_000)))),
                null,
                new Condition("Applied", "True", "InPlace", "m"),
                PolicyStatus.STREAM_FLOWS);
        assertTrue(StatusDocument.render(status, Json.mapper().missingNode(), NOW)
                        .toString()
                        .length()
                < 10_000);
    }

    @Test
    void namesTheDriverOfAnApplicationThatLabelsName() {
        assertEquals(
                "nightly-1-driver",
                shownTarget(TargetBuilder.target()
                        .driver("nightly-1-driver", "uid-1", 2)
                        .build()));
        assertEquals("orders", shownTarget(TargetBuilder.target().build()));
    }

    @Test
    void rendersWhatIsSaidOfTheRun() throws JsonProcessingException {
        SparkRun run = new SparkRun(Instant.parse("2026-03-04T06:00:00Z"), "sales-data", "nightly__1");
        PolicyStatus status = new PolicyStatus(
                TargetBuilder.target()
                        .driver(new Target.SparkDriver("nightly-1-driver", "uid-1", 2, false, "spark-1", run))
                        .build(),
                null,
                new Condition("Applied", "True", "InPlace", "m"),
                PolicyStatus.STREAM_FLOWS);
        assertEquals(
                Json.mapper().readTree("""
                        {"deadline": "2026-03-04T06:00:00Z", "owner": "sales-data", "id": "nightly__1"}
                        """),
                StatusDocument.render(status, Json.mapper().missingNode(), NOW).path("run"));
    }

    private static String shownTarget(Target target) {
        PolicyStatus status = new PolicyStatus(
                target, null, new Condition("Applied", "True", "InPlace", "m"), PolicyStatus.STREAM_FLOWS);
        return StatusDocument.render(status, Json.mapper().missingNode(), NOW)
                .path("target")
                .asText();
    }

    private static Target target(
            String sentence, @Nullable LearnedRate rate, @Nullable Boolean held, List<Condition> conditions) {
        return new Target(
                new WorkloadId("eu", "sales", "Deployment", "orders"),
                new PolicyId("eu", "sales", "orders"),
                "uid-1",
                3,
                Mode.Enforce,
                "d-17",
                17,
                null,
                9,
                rate == null ? null : 4,
                "RateBelowCapacity",
                sentence,
                rate == null ? null : "stabilization",
                Instant.parse("2026-03-04T05:06:06.123Z"),
                rate == null ? null : Instant.parse("2026-03-04T05:07:00.999Z"),
                rate,
                held,
                conditions,
                null,
                rate != null,
                null,
                null,
                null,
                rate == null ? null : "9f86d081884c7d65");
    }

    private static void assertGolden(String name, PolicyStatus status, JsonNode before) throws IOException {
        try (InputStream golden =
                StatusDocumentTest.class.getResourceAsStream("/StatusDocumentTest/" + name + ".json")) {
            assertEquals(
                    Json.mapper().readTree(Objects.requireNonNull(golden)).toPrettyString(),
                    StatusDocument.render(status, before, NOW).toPrettyString());
        }
    }
}
