package io.tidegate.it.deploy;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.client.http.HttpResponse;
import io.tidegate.testbed.controlplane.ControlPlane;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What policies may ask for, and how large Tidegate makes a workload, in a namespace whose annotations set limits. */
@OnTestbed
@Tag("deploy")
class DomainLimitsIT {

    private static final String NAME = "tg-domains";
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String SIGNALS = ", signals: [{name: cpu, resource: {name: cpu, averageUtilization: 70}}]";

    private final String namespace;
    private final AdmissionPolicies policies;
    private final Kubectl kubectl;

    DomainLimitsIT(SharedTestbed testbed, ControlPlane plane, Isolation isolation) {
        this.namespace = isolation.namespace();
        this.policies = new AdmissionPolicies(testbed, plane, namespace, NAME, "domainlimits.yaml");
        this.kubectl = policies.kubectl();
    }

    /** A policy's spec, and what must be in the refusal; empty for one that must be accepted. */
    private record Case(String spec, String refusal) {}

    @BeforeEach
    void prepare() throws IOException {
        policies.applyDefinitions();
        limit("max-replicas=20");
        limit("max-executors=8");
        limit("kinds=Deployment, SparkApplication");
        limit("modes-");
        // The API server takes some moments to heed new policies, and new annotations.
        await().atMost(SOON)
                .until(() -> dryRun(deployment("replicas: {min: 1, max: 21}")).code() != 0
                        && dryRun(deployment("replicas: {min: 1, max: 20}")).code() == 0);
    }

    @AfterEach
    void remove() {
        policies.close();
    }

    @Test
    void policiesAskForWhatTheNamespaceAllowsAndNoMore() {
        String tooLarge = "must give replicas.max, of at most 20";
        assertAll(Stream.of(
                        new Case(deployment("replicas: {min: 1, max: 20}"), ""),
                        new Case(deployment("replicas: {min: 1, max: 21}"), tooLarge),
                        new Case(deployment("replicas: {min: 1}"), tooLarge),
                        new Case(deployment("mode: Shadow"), tooLarge),
                        new Case(spark("{min: 1, max: 8}"), ""),
                        new Case(spark("{min: 1, max: 9}"), "executors.max may be at most 8"),
                        new Case(
                                "scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: a}, replicas: {min: 1, max: 2}"
                                        + SIGNALS,
                                "may scale only Deployment, SparkApplication, not a StatefulSet"))
                .<Executable>map(one -> () -> check(one)));
    }

    @Test
    void modesCanBeKeptToThoseThatWriteNothing() {
        limit("modes=Shadow,Paused");
        String refusal = "must give its mode, one of Shadow,Paused";
        await().atMost(SOON)
                .until(() ->
                        dryRun(deployment("replicas: {max: 2}, mode: Enforce")).code() != 0);
        assertAll(Stream.of(
                        new Case(deployment("replicas: {max: 2}, mode: Enforce"), refusal),
                        new Case(deployment("replicas: {max: 2}"), refusal),
                        new Case(deployment("replicas: {max: 2}, mode: Shadow"), ""))
                .<Executable>map(one -> () -> check(one)));
    }

    @Test
    void aLimitThatCanNotBeReadLetsNothingThroughAndSaysSo() {
        limit("max-replicas=many");
        await().atMost(SOON)
                .untilAsserted(() -> check(new Case(
                        deployment("replicas: {max: 2}"),
                        "the annotation limits.tidegate.io/max-replicas of the namespace " + namespace
                                + " is no number")));
    }

    @Test
    void whatWasThereBeforeTheLimitStaysUntilItIsChanged() {
        policies.apply(policy("before", deployment("replicas: {max: 20}")));
        limit("max-replicas=5");
        await().atMost(SOON)
                .until(() -> dryRun(deployment("replicas: {max: 6}")).code() != 0);

        AdmissionPolicies.applied(kubectl.run("label", "scalingpolicy", "before", "-n", namespace, "team=sales"));
        Kubectl.Result edited = kubectl.apply(policy("before", deployment("replicas: {max: 19}")));
        assertTrue(edited.code() != 0 && edited.output().contains("of at most 5"), edited.output());
        policies.apply(policy("before", deployment("replicas: {max: 5}")));
    }

    @Test
    void tidegateItselfMakesNothingLargerThanTheLimitAndMayAlwaysShrink() {
        policies.apply("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: %s}
                spec:
                  replicas: 0
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec: {nodeSelector: {none: here}, containers: [{name: main, image: none}]}
                """.formatted(namespace));
        limit("max-replicas=3");
        await().atMost(SOON).untilAsserted(() -> {
            HttpResponse<String> answer = scale(4);
            assertEquals(403, answer.code(), answer.body());
            assertTrue(answer.body().contains("is limited to 3 replicas of a workload"), answer.body());
        });
        assertEquals(200, scale(3).code());
        limit("max-replicas=1");
        await().atMost(SOON).until(() -> scale(4).code() == 403);
        assertEquals(200, scale(2).code());
        assertEquals(403, scale(3).code());
        assertEquals(200, scale(0).code());
        assertEquals(200, scale(1).code());
    }

    @Test
    void expressionsFitTheTypesOfTheApi() {
        await().atMost(SOON)
                .untilAsserted(() -> assertEquals("1 1", policies.read("{.items[*].status.observedGeneration}")));
        assertEquals("", policies.read("{.items[*].status.typeChecking.expressionWarnings}"));
    }

    private HttpResponse<String> scale(int replicas) {
        return policies.autoscaler()
                .send(
                        "PATCH",
                        "/apis/apps/v1/namespaces/" + namespace + "/deployments/web/scale",
                        "application/merge-patch+json",
                        "{\"spec\":{\"replicas\":" + replicas + "}}");
    }

    private void check(Case one) {
        Kubectl.Result result = dryRun(one.spec());
        if (one.refusal().isEmpty()) {
            AdmissionPolicies.applied(result);
        } else {
            assertTrue(
                    result.code() != 0 && result.output().contains(one.refusal()),
                    () -> one.spec() + ": " + result.output());
        }
    }

    private Kubectl.Result dryRun(String spec) {
        return kubectl.dryRun(policy("tried", spec));
    }

    private String policy(String name, String spec) {
        return """
                apiVersion: tidegate.io/v1alpha1
                kind: ScalingPolicy
                metadata: {name: %s, namespace: %s}
                spec: {%s}
                """.formatted(name, namespace, spec);
    }

    private void limit(String annotation) {
        AdmissionPolicies.applied(
                kubectl.run("annotate", "namespace", namespace, "--overwrite", "limits.tidegate.io/" + annotation));
    }

    private static String deployment(String more) {
        return "scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}, " + more + SIGNALS;
    }

    private static String spark(String executors) {
        return "selector: {matchLabels: {pipeline: nightly}}, executors: " + executors;
    }
}
