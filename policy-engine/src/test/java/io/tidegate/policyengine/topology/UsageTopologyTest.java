package io.tidegate.policyengine.topology;

import static io.tidegate.policyengine.topology.Facts.ORDERS;
import static io.tidegate.policyengine.topology.Facts.replicas;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.contracts.decision.DecisionRecord;
import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.EffectiveSpec;
import io.tidegate.contracts.policy.Inherited;
import io.tidegate.contracts.policy.PolicySpec;
import io.tidegate.contracts.policy.ReplicaBounds;
import io.tidegate.contracts.policy.ResourceSignal;
import io.tidegate.contracts.policy.ScaleTargetRef;
import io.tidegate.contracts.policy.SignalSpec;
import io.tidegate.contracts.policy.SpecProblem;
import io.tidegate.contracts.target.Target;
import io.tidegate.decision.DecisionEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pods on their way from a fact to a size, with the real decision-core. */
class UsageTopologyTest {

    private static final WorkloadId CLICKS = new WorkloadId("eu", "sales", "Deployment", "clicks");

    @TempDir
    Path stateDir;

    private EngineDriver engine;

    @BeforeEach
    void start() {
        engine = EngineDriver.onDisk(stateDir, DecisionEngine::decide);
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void sizesByWhatThePodsUse() {
        engine.fact(policy("cpu", ORDERS, Duration.ZERO));
        engine.fact(replicas(4));
        engine.raw();
        engine.fact(new SampleFact(ORDERS, SampleFact.USAGE, pods(4, 140L)));

        DecisionRecord decision = engine.decisions().getLast();
        assertEquals(8, decision.desired(), decision.sentence());
        assertEquals(8, engine.onlyTarget().replicas());
    }

    @Test
    void holdsWhenThePodsUsageIsNotKnown() {
        engine.fact(policy("cpu", ORDERS, Duration.ZERO));
        engine.fact(replicas(4));
        engine.fact(new SampleFact(ORDERS, SampleFact.USAGE, pods(4, null)));
        assertEquals(4, lastTarget().replicas());
        engine.fact(new SampleFact(ORDERS, SampleFact.USAGE, new Reading.Failed("the cluster has no metrics API")));
        assertEquals(4, lastTarget().replicas());
    }

    @Test
    void aPolicyThatCannotBeReadSaysSoAndTouchesNoOtherWorkload() {
        engine.fact(policy("broken", ORDERS, Duration.ofHours(2)));
        engine.fact(policy("good", CLICKS, Duration.ZERO));
        engine.fact(replicas(4));
        Target invalid = lastTarget();
        assertEquals("InvalidPolicy", invalid.reason());
        assertEquals(
                "Nothing can be decided by this policy: signal cpu: cpuInitializationPeriod must be 0 s to 1 h: PT2H.",
                invalid.sentence());
        assertEquals("False", invalid.conditions().getFirst().status());
        engine.fact(replicas(CLICKS, 4));
        engine.fact(new SampleFact(ORDERS, SampleFact.USAGE, pods(4, 140L)));
        engine.fact(new SampleFact(CLICKS, SampleFact.USAGE, pods(4, 140L)));
        Target good = lastTarget();
        assertEquals(CLICKS, good.workload());
        assertEquals(8, good.replicas());
    }

    @Test
    void aFormulaThatNamesAnUnknownSignalIsInvalidUntilThePolicyIsMended() {
        PolicyFact good = policy("cpu", ORDERS, Duration.ZERO);
        PolicySpec spec = good.spec();
        engine.fact(new PolicyFact(
                good.policy(),
                good.uid(),
                1,
                good.createdAt(),
                ORDERS,
                new PolicySpec(
                        spec.scaleTargetRef(), null, spec.replicas(), null, spec.signals(), null, null, "cpu + gone")));
        engine.fact(replicas(4));
        Target invalid = lastTarget();
        assertEquals("InvalidPolicy", invalid.reason());
        assertTrue(
                invalid.sentence().contains("formula: ") && invalid.sentence().contains("gone"), invalid.sentence());
        engine.fact(good);
        engine.fact(new SampleFact(ORDERS, SampleFact.USAGE, pods(4, 140L)));
        assertEquals(8, lastTarget().replicas());
    }

    @Test
    void aSpecThatCannotBeUsedLeavesTheLastGoodOneInForceAndSaysWhy() {
        PolicyFact good = policy("cpu", ORDERS, Duration.ZERO);
        SpecProblem problem = new SpecProblem(SpecProblem.PROFILE_NOT_FOUND, "spec.profileRef names no profile");
        engine.fact(good.withProblem(problem));
        engine.fact(replicas(4));
        engine.fact(new SampleFact(ORDERS, SampleFact.USAGE, pods(4, 140L)));
        Target target = lastTarget();
        assertEquals(8, target.replicas());
        assertTrue(
                target.conditions()
                        .contains(
                                new Target.Condition(
                                        "SpecTaken",
                                        "False",
                                        "ProfileNotFound",
                                        "The present spec can't be used, the last good one holds: spec.profileRef names no profile.")),
                target.conditions().toString());
    }

    @Test
    void aSpecThatNeverCouldBeUsedSaysWhy() {
        PolicyFact good = policy("cpu", ORDERS, Duration.ZERO);
        engine.fact(new PolicyFact(
                good.policy(),
                good.uid(),
                1,
                good.createdAt(),
                ORDERS,
                new PolicySpec(good.spec().scaleTargetRef(), null, null, null, null, null, null),
                null,
                new SpecProblem(SpecProblem.PROFILE_NOT_FOUND, "spec.profileRef names no profile")));
        engine.fact(replicas(4));
        Target target = lastTarget();
        assertEquals("InvalidPolicy", target.reason());
        assertEquals("Nothing can be decided by this policy: spec.profileRef names no profile.", target.sentence());
    }

    @Test
    void aTargetCarriesWhatHoldsAfterInheritance() {
        PolicyFact good = policy("cpu", ORDERS, Duration.ZERO);
        Inherited inherited = new Inherited("batch", List.of("replicas.max"));
        engine.fact(
                new PolicyFact(good.policy(), good.uid(), 1, good.createdAt(), ORDERS, good.spec(), inherited, null));
        engine.fact(replicas(4));
        assertEquals(EffectiveSpec.of(inherited, good.spec()), lastTarget().effective());
        engine.fact(good);
        assertEquals(null, lastTarget().effective());
    }

    @Test
    void refusesMorePodsThanItCanKeep() {
        engine.fact(policy("cpu", ORDERS, Duration.ZERO));
        engine.fact(replicas(4));
        engine.fact(new SampleFact(ORDERS, SampleFact.USAGE, pods(SampleRules.MAX_PODS + 1, 140L)));
        Target target = lastTarget();
        assertEquals(4, target.replicas());
        assertTrue(target.conditions().stream()
                .anyMatch(condition -> condition.reason().equals("SampleTooLarge")));
    }

    private Target lastTarget() {
        return engine.targets().stream()
                .filter(Target.class::isInstance)
                .map(Target.class::cast)
                .toList()
                .getLast();
    }

    private Reading.Pods pods(int count, @Nullable Long cpuMilli) {
        Instant now = engine.now();
        return new Reading.Pods(IntStream.range(0, count)
                .mapToObj(number -> new Reading.PodReading(
                        "pod-" + number,
                        Reading.PodReading.Phase.Running,
                        false,
                        true,
                        now.minusSeconds(3_600),
                        now.minusSeconds(3_600),
                        cpuMilli == null ? null : now,
                        cpuMilli == null ? null : (Long) 15_000L,
                        null,
                        null,
                        List.of(new Reading.ContainerReading("app", 100L, null, cpuMilli, null))))
                .toList());
    }

    private static PolicyFact policy(String name, WorkloadId workload, Duration initialization) {
        ResourceSignal cpu = new ResourceSignal(
                ResourceSignal.ResourceName.cpu, null, 70, null, initialization, Duration.ofSeconds(30));
        return new PolicyFact(
                Facts.policyId(name),
                "uid-" + name,
                1,
                Facts.CREATED,
                workload,
                new PolicySpec(
                        new ScaleTargetRef("apps/v1", workload.kind(), workload.name()),
                        null,
                        new ReplicaBounds(1, 40),
                        null,
                        List.of(new SignalSpec("cpu", null, cpu, null)),
                        null,
                        null));
    }
}
