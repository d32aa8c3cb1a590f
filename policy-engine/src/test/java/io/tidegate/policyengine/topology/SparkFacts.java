package io.tidegate.policyengine.topology;

import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.contracts.fact.SparkExecutors;
import io.tidegate.contracts.fact.SparkStage;
import io.tidegate.contracts.fact.WorkloadFact;
import io.tidegate.contracts.fact.WorkloadFact.PodCounts;
import io.tidegate.contracts.fact.WorkloadFact.RunTemplate;
import io.tidegate.contracts.fact.WorkloadFact.SparkDriver;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.DriverSelector;
import io.tidegate.contracts.policy.ExecutorBounds;
import io.tidegate.contracts.policy.Fallback;
import io.tidegate.contracts.policy.Objective;
import io.tidegate.contracts.policy.PolicySpec;
import io.tidegate.contracts.policy.ResourcesSpec;
import io.tidegate.contracts.policy.ResourcesSpec.ResourcesMode;
import io.tidegate.contracts.policy.ScaleTargetRef;
import io.tidegate.contracts.policy.ScheduleSignal;
import io.tidegate.contracts.policy.SignalSpec;
import io.tidegate.contracts.policy.SparkSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Facts of a Spark application that labels name: 2 to 80 executors, within 40 minutes. */
final class SparkFacts {

    static final WorkloadId NIGHTLY = new WorkloadId("eu", "sales", WorkloadId.SPARK_DRIVER, "nightly");
    static final WorkloadId RECURRING = new WorkloadId("eu", "sales", "ScheduledSparkApplication", "nightly");
    static final SparkDriver DRIVER = new SparkDriver("nightly-1-driver", "uid-driver-1", "spark-1");
    static final SignalSpec ALWAYS = new SignalSpec(
            "always", null, null, new ScheduleSignal("Europe/Amsterdam", "0 0 1 1 *", "0 0 31 12 *", 20));

    private static final String API = "sparkoperator.k8s.io/v1beta2";
    private static final DriverSelector SELECTOR = new DriverSelector(Map.of("pipeline", "nightly"));

    private SparkFacts() {}

    static PolicyFact policy(SignalSpec... signals) {
        return policy(new Objective(null, null, Duration.ofMinutes(40), null, null), signals);
    }

    static PolicyFact policy(Objective objective, SignalSpec... signals) {
        return fact(new PolicySpec(
                null,
                SELECTOR,
                null,
                null,
                new ExecutorBounds(2, 80),
                objective,
                List.of(signals),
                new SparkSpec(null, true, null, null),
                null,
                new Fallback(Duration.ofMinutes(3), 6),
                null));
    }

    /** A policy for an application that recurs. */
    static PolicyFact recurring(@Nullable ResourcesMode mode) {
        PolicySpec spec = new PolicySpec(
                new ScaleTargetRef(API, RECURRING.kind(), RECURRING.name()),
                null,
                null,
                null,
                new ExecutorBounds(2, 80),
                new Objective(null, null, Duration.ofMinutes(40), null, null),
                null,
                null,
                null,
                null,
                null,
                mode == null ? null : new ResourcesSpec(mode));
        return new PolicyFact(Facts.policyId("nightly"), "uid-nightly", 1, Facts.CREATED, RECURRING, spec);
    }

    static WorkloadFact noPluginOfRecurring() {
        return new WorkloadFact(RECURRING, null, null, 10, PodCounts.NONE, null, "the plugin is not there");
    }

    static WorkloadFact betweenRuns(int executors) {
        return new WorkloadFact(
                RECURRING,
                null,
                executors,
                0,
                PodCounts.NONE,
                null,
                null,
                null,
                new RunTemplate(API, "scheduledsparkapplications", "uid-nightly", false));
    }

    static SampleFact sampleOfRecurring(int stages) {
        return new SampleFact(RECURRING, SampleFact.SPARK, sample(stages).reading());
    }

    static PolicyFact withoutRules() {
        return fact(PolicySpec.withoutRules(null, SELECTOR));
    }

    private static PolicyFact fact(PolicySpec spec) {
        return new PolicyFact(Facts.policyId("nightly"), "uid-nightly", 1, Facts.CREATED, NIGHTLY, spec);
    }

    static WorkloadFact cap(int executors) {
        return cap(executors, DRIVER, null);
    }

    static WorkloadFact cap(int executors, SparkDriver driver, @Nullable String problem) {
        return new WorkloadFact(
                NIGHTLY, null, executors, executors, new PodCounts(0, 0, executors, 0, 0), 6_400L, problem, driver);
    }

    static WorkloadFact noAnswer() {
        return new WorkloadFact(
                NIGHTLY,
                null,
                null,
                0,
                PodCounts.NONE,
                null,
                "The driver nightly-1-driver does not answer; add the Tidegate plugin to it.");
    }

    static SampleFact sample(int stages) {
        return sample("spark-1", stages);
    }

    static SampleFact sample(String appId, int stages) {
        return new SampleFact(
                NIGHTLY,
                SampleFact.SPARK,
                new Reading.Spark(
                        appId,
                        true,
                        4,
                        60_000L,
                        new SparkExecutors(44, 10, 10, 10, 0, 6_400L),
                        1,
                        0L,
                        IntStream.range(0, stages).mapToObj(SparkFacts::stage).toList(),
                        0,
                        List.of()));
    }

    /** One executor, and 1,900 tasks of 12 s in one stage; at its begin, or 20 of them later. */
    static SampleFact oneExecutor(String appId, int done) {
        SparkStage stage = new SparkStage(
                0,
                0,
                1,
                SparkStage.State.Active,
                1_900,
                4,
                done,
                0,
                done * 12_000L,
                done == 0 ? null : 11_000L,
                done == 0 ? null : 12_000L,
                done == 0 ? null : 13_000L,
                6_000L,
                6_000L,
                List.of(),
                false);
        return new SampleFact(
                NIGHTLY,
                SampleFact.SPARK,
                new Reading.Spark(
                        appId,
                        true,
                        4,
                        60_000L,
                        new SparkExecutors(1, 1, 1, 1, 0, 6_400L),
                        1,
                        0L,
                        List.of(stage),
                        0,
                        List.of()));
    }

    private static SparkStage stage(int id) {
        return new SparkStage(
                id,
                0,
                1,
                id % 2 == 0 ? SparkStage.State.Active : SparkStage.State.Waiting,
                200,
                id % 2 == 0 ? 40 : 0,
                id % 2 == 0 ? 100 : 0,
                0,
                id % 2 == 0 ? (Long) 120_000L : null,
                id % 2 == 0 ? (Long) 1_200L : null,
                id % 2 == 0 ? (Long) 3_100L : null,
                id % 2 == 0 ? (Long) 4_000L : null,
                900L,
                12_000L,
                id == 0 ? List.of() : List.of(id - 1),
                id > 0);
    }
}
