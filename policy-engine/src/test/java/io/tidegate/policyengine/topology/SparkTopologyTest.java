package io.tidegate.policyengine.topology;

import static io.tidegate.policyengine.topology.Facts.tick;
import static io.tidegate.policyengine.topology.SparkFacts.ALWAYS;
import static io.tidegate.policyengine.topology.SparkFacts.NIGHTLY;
import static io.tidegate.policyengine.topology.SparkFacts.RECURRING;
import static io.tidegate.policyengine.topology.SparkFacts.betweenRuns;
import static io.tidegate.policyengine.topology.SparkFacts.cap;
import static io.tidegate.policyengine.topology.SparkFacts.noAnswer;
import static io.tidegate.policyengine.topology.SparkFacts.noPluginOfRecurring;
import static io.tidegate.policyengine.topology.SparkFacts.oneExecutor;
import static io.tidegate.policyengine.topology.SparkFacts.policy;
import static io.tidegate.policyengine.topology.SparkFacts.recurring;
import static io.tidegate.policyengine.topology.SparkFacts.sample;
import static io.tidegate.policyengine.topology.SparkFacts.sampleOfRecurring;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.contracts.fact.WorkloadFact;
import io.tidegate.contracts.policy.Deadline;
import io.tidegate.contracts.policy.KafkaSignal;
import io.tidegate.contracts.policy.Objective;
import io.tidegate.contracts.policy.ResourcesSpec.ResourcesMode;
import io.tidegate.contracts.policy.SignalSpec;
import io.tidegate.contracts.policy.SpecProblem;
import io.tidegate.contracts.spark.SparkRun;
import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.target.Target.RunTemplate;
import io.tidegate.contracts.target.Target.SparkDriver;
import io.tidegate.decision.DecisionEngine;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Spark applications on their way from facts to what is asked of a driver, with the real decision-core. */
class SparkTopologyTest {

    private EngineDriver engine;

    @BeforeEach
    void start() {
        engine = EngineDriver.inMemory(DecisionEngine::decide);
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void asksTheDriverForWhatWasDecided() {
        engine.fact(policy(ALWAYS));
        engine.fact(sample(2));
        engine.fact(cap(10));

        Target target = lastTarget();
        assertEquals(NIGHTLY.toString(), target.key());
        assertNull(target.scale());
        assertEquals(10, target.current());
        assertTrue(20 <= sizeOf(target), target.sentence());
        assertEquals(
                new SparkDriver("nightly-1-driver", "uid-driver-1", sizeOf(target), true, "spark-1", null),
                target.driver());
    }

    @Test
    void saysWhatTheNextRunBeginsWithAndWhetherItMayBeWritten() {
        engine.fact(recurring(null));
        engine.fact(noPluginOfRecurring());
        engine.fact(sampleOfRecurring(2));
        engine.advance(Duration.ofSeconds(20));
        engine.fact(sampleOfRecurring(2));
        engine.fact(betweenRuns(60));

        Target target = lastTarget();
        assertEquals(RECURRING.toString(), target.key());
        assertNull(target.driver());
        assertEquals(60, target.current());
        assertTrue(sizeOf(target) < 60, target.sentence());
        assertTrue(target.sentence().contains("The last run's tasks took"), target.sentence());
        assertEquals(template(false), target.template());
        engine.fact(recurring(ResourcesMode.NextRun));
        Target written = lastTarget();
        assertEquals(template(true), written.template());
        assertEquals(sizeOf(target), sizeOf(written));
    }

    private static RunTemplate template(boolean write) {
        return new RunTemplate(
                "sparkoperator.k8s.io/v1beta2", "scheduledsparkapplications", "uid-nightly", false, 2, 80, write);
    }

    @Test
    void neitherForcesNorLetsGoWhileNothingIsKnown() {
        engine.fact(policy());
        engine.fact(cap(10));

        Target target = lastTarget();
        assertEquals(10, target.replicas());
        assertEquals(new SparkDriver("nightly-1-driver", "uid-driver-1", 2, true, "spark-1", null), target.driver());
    }

    @Test
    void leavesTheWayToTheSizeToSparkWhileThereIsTime() {
        engine.fact(policy());
        engine.fact(cap(1));
        engine.fact(oneExecutor("spark-0", 0));
        engine.advance(Duration.ofSeconds(1));
        engine.fact(oneExecutor("spark-0", 1_890));
        engine.advance(Duration.ofSeconds(1));
        engine.fact(oneExecutor("spark-1", 20));
        Target target = lastTarget();
        assertTrue(2 < sizeOf(target), target.sentence());
        assertTrue(target.sentence().contains("which Spark asks for in its own time"), target.sentence());
        assertEquals(2, floorOf(target));
    }

    @Test
    void lowersTheFloorButNotTheCapWhenTheDriverFallsSilent() {
        engine.fact(policy(ALWAYS));
        engine.fact(sample(2));
        engine.fact(cap(10));
        int decided = sizeOf(lastTarget());
        engine.fact(cap(decided));
        engine.advance(Duration.ofMinutes(3));
        engine.fact(tick());

        Target target = lastTarget();
        assertEquals(decided, target.replicas());
        assertEquals(2, floorOf(target));
        engine.fact(sample(2));
        Target heardAgain = lastTarget();
        assertTrue(decided <= sizeOf(heardAgain), heardAgain.sentence());
        assertEquals(20, floorOf(heardAgain), "what the schedule asks for");
    }

    @Test
    void theDeadlineOfARunWinsOverItsPolicys() {
        engine.fact(policy());
        engine.fact(sample(2));
        engine.fact(cap(10));
        assertNotEquals(false, lastTarget().objectiveHeld());
        SparkRun run = new SparkRun(Facts.CREATED, "sales-data", "nightly__1");
        engine.fact(cap(10, new WorkloadFact.SparkDriver("nightly-1-driver", "uid-driver-1", "spark-1", run), null));

        Target target = lastTarget();
        assertEquals(false, target.objectiveHeld(), target.sentence());
        assertEquals(run, Objects.requireNonNull(target.driver()).run());
    }

    @Test
    void aFailedReadingDoesNotLetGo() {
        engine.fact(policy(ALWAYS));
        engine.fact(cap(40));
        engine.fact(new SampleFact(NIGHTLY, SampleFact.SPARK, new Reading.Failed("the driver does not answer")));

        Target target = lastTarget();
        assertEquals(40, target.replicas());
        assertEquals(2, floorOf(target));
    }

    @Test
    void theFallbackRaisesTheCapAndForcesNothing() {
        engine.fact(policy());
        engine.fact(sample(2));
        engine.fact(cap(3));
        engine.advance(Duration.ofMinutes(4));
        engine.fact(tick());

        Target target = lastTarget();
        assertTrue(6 <= sizeOf(target), target.sentence());
        assertEquals(2, floorOf(target));
    }

    @Test
    void aDriverThatWasStartedAgainIsToldThoughTheSizeIsTheSame() {
        engine.fact(policy());
        engine.fact(sample(2));
        engine.fact(cap(10));
        Target before = lastTarget();
        engine.fact(cap(10, new WorkloadFact.SparkDriver("nightly-2-driver", "uid-driver-2", "spark-2"), null));

        Target after = lastTarget();
        assertEquals(before.key(), after.key());
        assertTrue(after.sequence() > before.sequence());
        assertEquals("nightly-2-driver", Objects.requireNonNull(after.driver()).pod());
    }

    @Test
    void withoutADriverThatAnswersThereIsNothingToAsk() {
        engine.fact(policy());
        engine.fact(noAnswer());

        Target target = lastTarget();
        assertNull(target.driver());
        assertNull(target.replicas());
        assertTrue(target.sentence().contains("add the Tidegate plugin"), target.sentence());
    }

    @Test
    void tellsTheOwnerWhatIsWrongWithADriverThatCanBeScaled() {
        engine.fact(policy());
        engine.fact(cap(10, SparkFacts.DRIVER, "1 other driver matches and is left alone"));

        Target target = lastTarget();
        assertEquals(10, target.replicas());
        assertTrue(
                target.conditions()
                        .contains(new Target.Condition(
                                "DriverSound", "False", "DriverProblem", "1 other driver matches and is left alone")),
                target.conditions().toString());
    }

    @Test
    void aPolicyThatNothingCanBeDecidedBySaysWhy() {
        SignalSpec lag = new SignalSpec(
                "lag",
                new KafkaSignal(
                        "k",
                        "g",
                        List.of("t"),
                        10,
                        0,
                        KafkaSignal.NoCommittedOffset.Latest,
                        null,
                        false,
                        KafkaSignal.Wake.Poll));
        Deadline nowhere = new Deadline("06:00", "Europe/Nowhere", null);

        assertTrue(whyInvalid(policy(new Objective(null, null, null, nowhere, null)))
                .contains("this policy: objective.deadline: "));
        assertEquals(
                "Nothing can be decided by this policy: signal lag: a Spark application takes signals of the kind schedule"
                        + " only.",
                whyInvalid(policy(lag)));
        assertEquals(
                "Nothing can be decided by this policy: a Spark application needs executors, such as {min: 2, max: 80}.",
                whyInvalid(SparkFacts.withoutRules()));
    }

    private static String whyInvalid(PolicyFact policy) {
        try (EngineDriver other = EngineDriver.inMemory(DecisionEngine::decide)) {
            other.fact(policy);
            other.fact(cap(10));
            Target target = lastTarget(other);
            assertEquals("InvalidPolicy", target.reason());
            return target.sentence();
        }
    }

    @Test
    void aSpecThatCannotBeUsedLeavesTheLastGoodOneInForce() {
        SpecProblem problem = new SpecProblem(SpecProblem.INVALID_SPEC, "executors are gone");
        engine.fact(policy().withProblem(problem));
        engine.fact(cap(10));
        assertEquals(10, lastTarget().replicas());
        engine.fact(SparkFacts.withoutRules().withProblem(problem));
        Target target = lastTarget();
        assertEquals("Nothing can be decided by this policy: executors are gone.", target.sentence());
    }

    @Test
    void takesNoReadingWithANameThatNothingHas() {
        engine.fact(policy());
        engine.fact(cap(10));
        engine.fact(sample("x".repeat(254), 1));

        assertTrue(lastTarget().conditions().stream()
                .anyMatch(condition -> condition.reason().equals("SampleTooLarge")));
        engine.fact(sample(1), engine.now().plus(Duration.ofMinutes(1)));
        assertTrue(lastTarget().conditions().stream()
                .anyMatch(condition -> condition.reason().equals("SampleFromFuture")));
    }

    @Test
    void aSampleOfAHundredStagesLiesBesideTheState() {
        engine.fact(policy());
        engine.fact(cap(10));
        int largest = 0;
        for (int round = 0; round < 50; round++) {
            engine.advance(Duration.ofSeconds(1));
            engine.fact(sample("spark-" + round / 10, 100));
            for (EngineDriver.Change change : engine.changes()) {
                byte[] value = change.value();
                if (change.key().startsWith("w/") && value != null) {
                    largest = Math.max(largest, value.length);
                }
            }
        }
        assertTrue(largest > 0 && largest <= 1024, largest + " bytes");
    }

    private static int sizeOf(Target target) {
        return Objects.requireNonNull(target.replicas(), target.sentence());
    }

    private static int floorOf(Target target) {
        return Objects.requireNonNull(target.driver(), target.sentence()).floor();
    }

    private Target lastTarget() {
        return lastTarget(engine);
    }

    private static Target lastTarget(EngineDriver driver) {
        return driver.targets().stream()
                .filter(Target.class::isInstance)
                .map(Target.class::cast)
                .toList()
                .getLast();
    }
}
