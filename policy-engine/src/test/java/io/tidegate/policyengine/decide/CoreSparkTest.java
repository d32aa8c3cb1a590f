package io.tidegate.policyengine.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.contracts.fact.SparkExecutors;
import io.tidegate.contracts.fact.SparkQuery;
import io.tidegate.contracts.fact.SparkStage;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.Deadline;
import io.tidegate.contracts.policy.ExecutorBounds;
import io.tidegate.contracts.policy.Objective;
import io.tidegate.contracts.policy.PolicySpec;
import io.tidegate.contracts.policy.ScaleTargetRef;
import io.tidegate.contracts.policy.ScheduleSignal;
import io.tidegate.contracts.policy.SignalSpec;
import io.tidegate.contracts.policy.SparkSpec;
import io.tidegate.decision.model.ExecutorCounts;
import io.tidegate.decision.model.QueryReading;
import io.tidegate.decision.model.SignalSample;
import io.tidegate.decision.model.StageReading;
import io.tidegate.decision.model.StageState;
import io.tidegate.decision.model.TaskTimes;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.policy.SparkMode;
import io.tidegate.decision.policy.SparkSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Policies and samples of Spark applications, as decision-core takes them. */
class CoreSparkTest {

    private static final WorkloadId DAILY = new WorkloadId("eu", "sales", "SparkApplication", "daily-agg");
    private static final ScaleTargetRef REF =
            new ScaleTargetRef("sparkoperator.k8s.io/v1beta2", "SparkApplication", "daily-agg");

    @Test
    void aStreamIsASignalOfItsOwnWithWhatThePolicySays() {
        Policy policy = CorePolicies.of(spec(
                new Objective(Duration.ofMinutes(1), 95, null, null, 0.5),
                new SparkSpec(SparkSpec.SparkMode.managed, true, "clicks", Duration.ofSeconds(10))));

        assertEquals(
                List.of(new SparkSignal(
                        Optional.of(SparkMode.MANAGED),
                        true,
                        Optional.of("clicks"),
                        Optional.of(Duration.ofSeconds(10)),
                        0.5)),
                policy.signals());
        assertEquals(2, policy.min());
        assertEquals(80, policy.max());
        assertEquals(
                Optional.of(new io.tidegate.decision.policy.Objective.Latency(Duration.ofMinutes(1), 95)),
                policy.objective());
    }

    @Test
    void aPolicyThatSaysNothingIsAPlainSignal() {
        Policy policy = CorePolicies.of(spec(null, null));

        assertEquals(List.of(SparkSignal.plain()), policy.signals());
        assertEquals(Optional.empty(), policy.objective());
    }

    @Test
    void aRunHasADurationOrADeadline() {
        assertEquals(
                Optional.of(new io.tidegate.decision.policy.Objective.Within(Duration.ofMinutes(40))),
                CorePolicies.of(spec(new Objective(null, null, Duration.ofMinutes(40), null, null), null))
                        .objective());
        assertEquals(
                Optional.of(new io.tidegate.decision.policy.Objective.Until(
                        io.tidegate.decision.schedule.Deadline.parse("Europe/Amsterdam", "06:00", "MON-FRI"))),
                CorePolicies.of(spec(deadline("MON-FRI"), null)).objective());
        assertEquals(
                Optional.of(new io.tidegate.decision.policy.Objective.Until(
                        io.tidegate.decision.schedule.Deadline.parse("Europe/Amsterdam", "06:00", "*"))),
                CorePolicies.of(spec(deadline(null), null)).objective());
    }

    @Test
    void schedulesStandBesideItAndAFormulaKnowsIt() {
        PolicySpec spec = new PolicySpec(
                REF,
                null,
                null,
                null,
                new ExecutorBounds(2, 80),
                null,
                List.of(new SignalSpec("night", null, null, new ScheduleSignal("UTC", "0 22 * * *", "0 6 * * *", 20))),
                null,
                null,
                null,
                "max(spark, night)");

        Policy policy = CorePolicies.of(spec);

        assertEquals(
                List.of("spark", "night"),
                policy.signals().stream().map(signal -> signal.name()).toList());
    }

    @Test
    void aReadingIsTakenWithAllThatIsKnown() {
        Instant at = Instant.parse("2026-01-02T03:04:05Z");
        Reading.Spark reading = new Reading.Spark(
                "spark-1",
                true,
                4,
                1_260_000L,
                new SparkExecutors(44, 10, 8, 7, 1, 6_400L),
                1,
                0L,
                List.of(new SparkStage(
                        3,
                        1,
                        2,
                        SparkStage.State.Active,
                        200,
                        16,
                        40,
                        5,
                        52L,
                        12L,
                        31L,
                        40L,
                        9L,
                        120L,
                        List.of(1, 2),
                        true)),
                6,
                List.of(new SparkQuery(
                        "clicks", 17, 12_000, 4_100, 3_800L, 10_000L, 9_100L, 12, 300, 1_200.5, 7L, 12, 8, true, 3)));

        assertEquals(
                Optional.of(new SignalSample(
                        "spark",
                        at,
                        new io.tidegate.decision.model.Reading.Spark(
                                "spark-1",
                                true,
                                4,
                                OptionalLong.of(1_260_000),
                                new ExecutorCounts(44, 10, 8, 7, 1, OptionalLong.of(6_400)),
                                1,
                                0,
                                List.of(new StageReading(
                                        3,
                                        1,
                                        2,
                                        StageState.ACTIVE,
                                        200,
                                        16,
                                        40,
                                        5,
                                        Optional.of(new TaskTimes(52, 12, 31, 40)),
                                        9,
                                        120,
                                        List.of(1, 2),
                                        true)),
                                6,
                                List.of(new QueryReading(
                                        "clicks",
                                        17,
                                        12_000,
                                        4_100,
                                        3_800,
                                        OptionalLong.of(10_000),
                                        9_100,
                                        12,
                                        300,
                                        OptionalDouble.of(1_200.5),
                                        OptionalLong.of(7),
                                        12,
                                        8,
                                        true,
                                        3))))),
                CoreSamples.of(new SampleFact(DAILY, SampleFact.SPARK, reading), at.toEpochMilli()));
    }

    @Test
    void whatIsNotKnownOfExecutorsIsWhatThereIs() {
        Reading.Spark reading = new Reading.Spark(
                "spark-1",
                false,
                1,
                null,
                new SparkExecutors(null, null, 8, 0, 0, null),
                0,
                null,
                List.of(new SparkStage(
                        3,
                        0,
                        1,
                        SparkStage.State.Waiting,
                        9,
                        0,
                        0,
                        0,
                        5L,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        false)),
                0,
                List.of());

        io.tidegate.decision.model.Reading.Spark taken = (io.tidegate.decision.model.Reading.Spark)
                CoreSamples.of(new SampleFact(DAILY, SampleFact.SPARK, reading), 0)
                        .orElseThrow()
                        .reading();

        assertEquals(new ExecutorCounts(8, 8, 8, 0, 0, OptionalLong.empty()), taken.executors());
        assertEquals(Optional.empty(), taken.stages().getFirst().times());
        assertEquals(OptionalLong.empty(), taken.upMillis());
    }

    private static Objective deadline(@Nullable String days) {
        return new Objective(null, null, null, new Deadline("06:00", "Europe/Amsterdam", days), null);
    }

    private static PolicySpec spec(@Nullable Objective objective, @Nullable SparkSpec spark) {
        return new PolicySpec(
                REF, null, null, null, new ExecutorBounds(2, 80), objective, null, spark, null, null, null);
    }
}
