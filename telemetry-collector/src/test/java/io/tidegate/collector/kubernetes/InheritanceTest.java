package io.tidegate.collector.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.policy.Inherited;
import io.tidegate.contracts.policy.Mode;
import io.tidegate.contracts.policy.PolicySpec;
import io.tidegate.contracts.policy.ReplicaBounds;
import io.tidegate.contracts.policy.ScalingRules;
import io.tidegate.contracts.policy.SpecProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InheritanceTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    private final Recorder told = new Recorder();
    private final Inheritance inheritance = new Inheritance("default", told, () -> NOW);

    @Test
    void aPolicyWithoutAProfileHasTheDefaultsOfTheCode() {
        listed(policy("orders", ""));
        assertEquals(new ReplicaBounds(0, 10), spec().replicas());
        assertEquals(Mode.Enforce, spec().mode());
        assertNull(told.last().inherited());
    }

    @Test
    void whatThePolicySaysWinsFieldByFieldAndInMapsOneLevelDeep() {
        inheritance.profile(profile("batch", """
                mode: Shadow
                replicas: {min: 2, max: 100}
                objective: {maxLatency: 30s, percentile: 95}
                behavior:
                  scaleUp: {stabilizationWindowSeconds: 7}
                  scaleDown: {stabilizationWindowSeconds: 60, tolerance: 0.2}
                fallback: {after: 5m, replicas: 3}
                """));
        listed(policy("orders", """
                profileRef: batch
                replicas: {max: 40}
                objective: {maxLatency: 10s}
                behavior: {scaleDown: {selectPolicy: Min}}
                """));
        assertEquals(Mode.Shadow, spec().mode());
        assertEquals(new ReplicaBounds(2, 40), spec().replicas());
        assertEquals(
                Duration.ofSeconds(10),
                Objects.requireNonNull(spec().objective()).maxLatency());
        assertEquals(95, Objects.requireNonNull(spec().objective()).percentile());
        var behavior = Objects.requireNonNull(spec().behavior());
        assertEquals(new ScalingRules(7, null, null, null), behavior.scaleUp());
        assertEquals(new ScalingRules(null, ScalingRules.SelectPolicy.Min, null, null), behavior.scaleDown());
        assertEquals(3, Objects.requireNonNull(spec().fallback()).replicas());
        assertEquals(
                new Inherited(
                        "batch",
                        List.of(
                                "mode",
                                "replicas.min",
                                "objective.percentile",
                                "behavior.scaleUp",
                                "fallback.after",
                                "fallback.replicas")),
                told.last().inherited());
    }

    @Test
    void aSparkApplicationInheritsModeAndBehaviorOnly() {
        inheritance.profile(profile("default", """
                mode: Shadow
                replicas: {min: 2, max: 5}
                objective: {maxLatency: 30s}
                behavior: {scaleUp: {stabilizationWindowSeconds: 7}}
                fallback: {after: 5m, replicas: 3}
                """));
        listed(ApiObjects.of("""
                apiVersion: tidegate.io/v1alpha1
                kind: ScalingPolicy
                metadata: {name: nightly, namespace: sales, uid: u1, generation: 7}
                spec:
                  selector: {matchLabels: {pipeline: nightly}}
                  executors: {min: 10, max: 80}
                  objective: {duration: 40m}
                """));
        assertEquals(Mode.Shadow, spec().mode());
        assertEquals(new ReplicaBounds(10, 80), spec().replicas());
        assertEquals(
                Duration.ofMinutes(40),
                Objects.requireNonNull(spec().objective()).duration());
        assertEquals(null, spec().fallback());
        assertEquals(
                new Inherited("default", List.of("mode", "behavior.scaleUp")),
                told.last().inherited());
    }

    @Test
    void thePolicysProfileComesBeforeTheNamespacesAndThatBeforeTheDefault() {
        inheritance.profile(profile("default", "replicas: {max: 1}"));
        inheritance.profile(profile("batch", "replicas: {max: 2}"));
        inheritance.profile(profile("own", "replicas: {max: 3}"));
        listed(policy("orders", ""));
        assertEquals(1, spec().replicas().max());
        inheritance.namespace("other", "own");
        inheritance.namespace("sales", "batch");
        assertEquals(2, spec().replicas().max());
        inheritance.policy(policy("orders", "profileRef: own"));
        assertEquals(3, spec().replicas().max());
        inheritance.policy(policy("orders", ""));
        inheritance.namespace("sales", null);
        assertEquals(1, spec().replicas().max());
        inheritance.profileGone("default");
        assertEquals(10, spec().replicas().max());
    }

    @Test
    void aChangeOfAProfileChangesAllItsPolicies() {
        inheritance.profile(profile("default", "replicas: {max: 5}"));
        listed(policy("orders", ""), policy("returns", "replicas: {max: 7}"));
        told.facts.clear();
        inheritance.profile(profile("default", "replicas: {min: 1, max: 6}"));
        assertEquals(
                List.of("orders 1-6", "returns 1-7"),
                told.facts.stream()
                        .map(fact -> fact.policy().name() + " "
                                + fact.spec().replicas().min() + "-"
                                + fact.spec().replicas().max())
                        .sorted()
                        .toList());
    }

    @Test
    void aMissingProfileIsAProblemOfItsPoliciesUntilItComes() {
        listed(policy("orders", "profileRef: batch"), policy("returns", ""));
        assertEquals(
                List.of(new SpecProblem(
                        "ProfileNotFound", "spec.profileRef names the ScalingProfile batch, which does not exist")),
                told.problems);
        assertEquals(List.of("returns"), names());
        inheritance.namespace("sales", "gone");
        assertEquals(
                "the annotation tidegate.io/default-profile of namespace sales names the ScalingProfile gone, which does"
                        + " not exist",
                told.problems.getLast().message());
        inheritance.profile(profile("batch", "mode: Paused"));
        assertEquals(Mode.Paused, spec().mode());
    }

    @Test
    void aNameThatIsNoneIsShownShortAndAsOneLine() {
        listed(policy("orders", ""));
        inheritance.namespace("sales", "x\n\u0000" + "\ud83c\udf0a".repeat(100_000));
        String message = told.problems.getLast().message();
        assertEquals(
                "the annotation tidegate.io/default-profile of namespace sales names the ScalingProfile x??"
                        + "\ud83c\udf0a".repeat(125) + "..., which does not exist",
                message);
    }

    @Test
    void aProblemIsToldOnce() {
        listed(policy("orders", "profileRef: batch"));
        inheritance.profile(profile("other", "mode: Paused"));
        inheritance.policy(policy("orders", "profileRef: batch"));
        assertEquals(1, told.problems.size());
    }

    @Test
    void whatDoesNotFitTogetherIsAProblemOfThatPolicyOnly() {
        inheritance.profile(profile("default", "replicas: {max: 5}"));
        listed(policy("orders", "replicas: {min: 20}"), policy("returns", ""));
        assertEquals(List.of("returns"), names());
        SpecProblem problem = told.problems.getFirst();
        assertEquals("InvalidSpec", problem.reason());
        assertEquals(
                "replicas must satisfy 0 <= min <= max and max >= 1: min 20, max 5",
                problem.message().replaceFirst(".*problem: ", ""));
        PolicyFact withoutRules = told.withoutRules.getFirst().orElseThrow();
        assertEquals("orders", withoutRules.workload().name());
        assertEquals(List.of(), withoutRules.spec().signals());
    }

    @Test
    void aProfileThatIsBrokenIsAProblemOfItsPoliciesOnly() {
        inheritance.profile(profile("batch", "replicas: many"));
        inheritance.profile(profile("empty", "null"));
        inheritance.profile(profile("text", "objective: {maxLatency: soon}"));
        listed(
                policy("one", "profileRef: batch"),
                policy("two", "profileRef: empty"),
                policy("three", "profileRef: text"),
                policy("four", ""));
        assertEquals(List.of("four", "two"), names());
        assertEquals(2, told.problems.size());
    }

    @Test
    void aPolicyThatChoseThresholdsInheritsNoObjective() {
        inheritance.profile(profile("default", "objective: {maxLatency: 30s}\nmode: Shadow"));
        listed(policy("orders", "", "lagThreshold: 5"));
        assertNull(spec().objective());
        assertEquals(new Inherited("default", List.of("mode")), told.last().inherited());
    }

    @Test
    void saysNothingBeforeAllIsListed() {
        inheritance.policy(policy("orders", "profileRef: batch"));
        inheritance.profile(profile("batch", "mode: Paused"));
        assertEquals(List.of(), told.facts);
        assertEquals(List.of(), told.problems);
        inheritance.listed();
        assertEquals(Mode.Paused, spec().mode());
    }

    @Test
    void forgetsAPolicyThatIsGone() {
        GenericKubernetesResource orders = policy("orders", "");
        listed(orders);
        inheritance.policyGone(orders);
        told.facts.clear();
        inheritance.profile(profile("default", "mode: Paused"));
        assertEquals(List.of(), told.facts);
        assertEquals(List.of(new PolicyId("default", "sales", "orders")), told.gone);
    }

    private void listed(GenericKubernetesResource... policies) {
        for (GenericKubernetesResource policy : policies) {
            inheritance.policy(policy);
        }
        inheritance.listed();
    }

    private PolicySpec spec() {
        return told.last().spec();
    }

    private List<String> names() {
        return told.facts.stream().map(fact -> fact.policy().name()).sorted().toList();
    }

    private static GenericKubernetesResource policy(String name, String spec) {
        return policy(name, spec, "wake: Poll");
    }

    private static GenericKubernetesResource policy(String name, String spec, String option) {
        return ApiObjects.of("""
                apiVersion: tidegate.io/v1alpha1
                kind: ScalingPolicy
                metadata: {name: %1$s, namespace: sales, uid: u1, generation: 7}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: %1$s}
                  signals: [{name: lag, kafka: {connectionRef: k, consumerGroup: g, topics: [t], %3$s}}]
                %2$s""".formatted(name, spec.indent(2), option));
    }

    private static GenericKubernetesResource profile(String name, String spec) {
        return ApiObjects.of("""
                apiVersion: tidegate.io/v1alpha1
                kind: ScalingProfile
                metadata: {name: %s}
                spec:
                %s""".formatted(name, spec.indent(2)));
    }

    private static final class Recorder extends SilentListener {
        private final List<PolicyFact> facts = new ArrayList<>();
        private final List<SpecProblem> problems = new ArrayList<>();
        private final List<Optional<PolicyFact>> withoutRules = new ArrayList<>();
        private final List<PolicyId> gone = new ArrayList<>();

        PolicyFact last() {
            return facts.getLast();
        }

        @Override
        public void policy(PolicyFact policy, Instant observedAt) {
            facts.add(policy);
        }

        @Override
        public void policyRefused(PolicyId policy, Optional<PolicyFact> stub, SpecProblem problem, Instant observedAt) {
            problems.add(problem);
            withoutRules.add(stub);
        }

        @Override
        public void policyGone(PolicyId policy) {
            gone.add(policy);
        }
    }
}
