package io.tidegate.contracts.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.contracts.fact.SparkExecutors;
import io.tidegate.contracts.fact.SparkQuery;
import io.tidegate.contracts.fact.SparkStage;
import io.tidegate.contracts.fact.WorkloadFact;
import io.tidegate.contracts.fact.WorkloadFact.PodCounts;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.Deadline;
import io.tidegate.contracts.policy.DriverSelector;
import io.tidegate.contracts.policy.ExecutorBounds;
import io.tidegate.contracts.policy.Mode;
import io.tidegate.contracts.policy.Objective;
import io.tidegate.contracts.policy.PolicySpec;
import io.tidegate.contracts.policy.ResourcesSpec;
import io.tidegate.contracts.policy.ResourcesSpec.ResourcesMode;
import io.tidegate.contracts.policy.ScaleTargetRef;
import io.tidegate.contracts.policy.ScheduleSignal;
import io.tidegate.contracts.policy.SignalSpec;
import io.tidegate.contracts.policy.SparkSpec;
import io.tidegate.contracts.policy.SparkSpec.SparkMode;
import io.tidegate.contracts.spark.SparkRun;
import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.wire.Examples.Example;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records of Spark applications, with all that may be absent present, and with all of it absent. */
final class SparkExamples {

    /** The one object in all examples whose properties are names of somebody else's. */
    static final JsonNode LABELS = Json.mapper().valueToTree(Map.of("pipeline", "nightly", "team", "sales"));

    private static final WorkloadId BY_NAME = new WorkloadId("eu", "sales", "SparkApplication", "daily-agg");
    private static final WorkloadId BY_LABELS = new WorkloadId("eu", "sales", "SparkDriver", "orders");
    private static final WorkloadId RECURRING = new WorkloadId("eu", "sales", "ScheduledSparkApplication", "nightly");
    private static final PolicyId POLICY = new PolicyId("eu", "sales", "orders");
    private static final ScaleTargetRef REF =
            new ScaleTargetRef("sparkoperator.k8s.io/v1beta2", "SparkApplication", "daily-agg");
    private static final String API = "sparkoperator.k8s.io/v1beta2";
    private static final String PLURAL = "scheduledsparkapplications";
    private static final DriverSelector SELECTOR = new DriverSelector(Map.of("team", "sales", "pipeline", "nightly"));
    private static final ExecutorBounds BOUNDS = new ExecutorBounds(2, 80);

    private SparkExamples() {}

    static List<Example> all() {
        return List.of(
                policy("policy.spark-stream", BY_LABELS, stream()),
                policy(
                        "policy.spark-batch",
                        BY_NAME,
                        batch(new Objective(null, null, Duration.ofMinutes(40), null, null))),
                policy(
                        "policy.spark-deadline",
                        BY_NAME,
                        batch(new Objective(
                                null, null, null, new Deadline("06:00", "Europe/Amsterdam", "MON-FRI"), null))),
                policy("policy.spark-least", BY_NAME, batch(null)),
                policy("policy.spark-scheduled", RECURRING, scheduled()),
                Examples.fact(
                        "workload.spark",
                        new WorkloadFact(
                                BY_LABELS,
                                null,
                                10,
                                8,
                                new PodCounts(1, 0, 8, 0, 1),
                                6_400L,
                                "1 other driver matches and is left alone",
                                new WorkloadFact.SparkDriver(
                                        "nightly-7f3d-driver",
                                        "0b6f3f2e",
                                        "spark-7f3d",
                                        new SparkRun(Examples.TIME, "sales-data", "nightly__2026-01-02")))),
                Examples.fact(
                        "workload.spark-template",
                        new WorkloadFact(
                                RECURRING,
                                null,
                                40,
                                0,
                                PodCounts.NONE,
                                6_400L,
                                null,
                                null,
                                new WorkloadFact.RunTemplate(API, PLURAL, "5c1e9a77", true))),
                Examples.fact("sample.spark", new SampleFact(BY_LABELS, SampleFact.SPARK, reading())),
                Examples.fact("sample.spark-little", new SampleFact(BY_NAME, SampleFact.SPARK, little())),
                Examples.target("target.spark", target()),
                Examples.target("target.spark-template", template()));
    }

    private static PolicySpec stream() {
        return new PolicySpec(
                null,
                SELECTOR,
                Mode.Enforce,
                null,
                BOUNDS,
                new Objective(Duration.ofMinutes(1), 95, null, null, 0.7),
                List.of(new SignalSpec(
                        "night", null, null, new ScheduleSignal("Europe/Amsterdam", "0 22 * * *", "0 6 * * *", 20))),
                new SparkSpec(SparkMode.managed, true, "clicks-to-lake", Duration.ofSeconds(10)),
                null,
                Examples.FALLBACK,
                "max(spark, night)");
    }

    private static PolicySpec batch(@Nullable Objective objective) {
        SparkSpec spark = objective == null ? null : new SparkSpec(null, false, null, null);
        return new PolicySpec(REF, null, null, null, BOUNDS, objective, null, spark, null, null, null);
    }

    private static PolicySpec scheduled() {
        return new PolicySpec(
                new ScaleTargetRef(API, "ScheduledSparkApplication", "nightly"),
                null,
                null,
                null,
                BOUNDS,
                new Objective(null, null, Duration.ofMinutes(40), null, null),
                null,
                null,
                null,
                null,
                null,
                new ResourcesSpec(ResourcesMode.NextRun));
    }

    private static Reading.Spark reading() {
        return new Reading.Spark(
                "spark-7f3d",
                true,
                4,
                1_260_000L,
                new SparkExecutors(44, 10, 8, 7, 1, 6_400L),
                1,
                0L,
                List.of(
                        new SparkStage(
                                3,
                                0,
                                1,
                                SparkStage.State.Active,
                                200,
                                16,
                                40,
                                2,
                                52_000L,
                                1_200L,
                                3_100L,
                                4_000L,
                                900L,
                                12_000L,
                                List.of(1, 2),
                                true),
                        new SparkStage(
                                4,
                                0,
                                1,
                                SparkStage.State.Waiting,
                                12,
                                0,
                                0,
                                0,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                List.of(),
                                false)),
                5,
                List.of(
                        new SparkQuery(
                                "clicks-to-lake",
                                17,
                                12_000,
                                4_100,
                                3_800L,
                                10_000L,
                                9_100L,
                                12,
                                300,
                                1_200.5,
                                0L,
                                12,
                                8,
                                true,
                                3),
                        new SparkQuery(
                                "raw", 0, 0, 5, null, null, null, null, 10, null, null, null, null, false, null)));
    }

    private static Reading.Spark little() {
        return new Reading.Spark(
                "spark-7f3e",
                false,
                1,
                null,
                new SparkExecutors(null, null, 2, 0, 0, null),
                0,
                null,
                List.of(),
                0,
                List.of());
    }

    private static Target target() {
        return new Target(
                BY_LABELS,
                POLICY,
                "7d0d1c5e",
                3,
                Mode.Enforce,
                "3f2a9c01-1767323045678",
                1_767_323_045_678L,
                null,
                10,
                24,
                "DeadlineNeedsMore",
                "10 -> 24: 24 executors end 9 min before 06:00.",
                null,
                Examples.TIME,
                null,
                null,
                true,
                List.of(),
                null,
                true,
                null,
                new Target.SparkDriver(
                        "nightly-7f3d-driver",
                        "0b6f3f2e",
                        2,
                        true,
                        "spark-7f3d",
                        new SparkRun(Examples.TIME, "sales-data", "nightly__2026-01-02")),
                null,
                null);
    }

    private static Target template() {
        return new Target(
                RECURRING,
                POLICY,
                "7d0d1c5e",
                3,
                Mode.Enforce,
                "3f2a9c01-1767323045678",
                1_767_323_045_678L,
                null,
                40,
                12,
                "DemandFell",
                "40 -> 12: The next run is expected to take 31 min with 12 executors.",
                null,
                Examples.TIME,
                null,
                null,
                true,
                List.of(),
                null,
                true,
                null,
                null,
                new Target.RunTemplate(API, PLURAL, "5c1e9a77", true, 2, 80, true),
                "9f86d081884c7d65");
    }

    private static Example policy(String name, WorkloadId workload, PolicySpec spec) {
        return Examples.fact(name, new PolicyFact(POLICY, "7d0d1c5e", 1, Examples.TIME, workload, spec));
    }
}
