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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * What the chart's admission policies let the autoscaler's account do. The account may do everything here as far as roles
 * go, so that all that is refused is refused by the policies.
 */
@OnTestbed
@Tag("deploy")
class AdmissionIT {

    private static final String NAME = "tg-admission";
    private static final String MERGE = "application/merge-patch+json";
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String FORBIDDEN_HERE = "scales nothing in the namespace";
    private static final String NOT_A_DRIVER = "only pods of Spark drivers";
    private static final String OTHER_FIELD = "only the annotation tidegate.io/executors";
    private static final String OTHER_KIND = "Tidegate owns nothing of";

    private final String namespace;
    private final AdmissionPolicies policies;
    private final Kubectl kubectl;

    AdmissionIT(SharedTestbed testbed, ControlPlane plane, Isolation isolation) {
        this.namespace = isolation.namespace();
        this.policies = new AdmissionPolicies(testbed, plane, namespace, NAME, "admission.yaml");
        this.kubectl = policies.kubectl();
    }

    /** One request, and what must be in the refusal; empty for what must be accepted. */
    private record Case(String method, String path, String type, String body, String refusal) {

        static Case accepted(String path, String body) {
            return new Case("PATCH", path, MERGE, body, "");
        }

        static Case refused(String words, String path, String body) {
            return new Case("PATCH", path, MERGE, body, words);
        }

        static Case refused(String words, String method, String path, String body) {
            return new Case(method, path, "application/json", body, words);
        }
    }

    @BeforeEach
    void prepare() throws IOException {
        policies.applyDefinitions();
        // Pods need the namespace's service account, which comes a moment after the namespace.
        await().atMost(SOON).untilAsserted(() -> policies.apply(objects()));
    }

    private String objects() {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: %1$s}
                spec:
                  replicas: 0
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec: {containers: [{name: main, image: none}]}
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: tg-admission-dns, namespace: kube-system}
                spec:
                  replicas: 0
                  selector: {matchLabels: {app: tg-admission-dns}}
                  template:
                    metadata: {labels: {app: tg-admission-dns}}
                    spec: {containers: [{name: main, image: none}]}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: driver, namespace: %1$s, labels: {spark-role: driver}, annotations: {team: sales}}
                spec: {nodeSelector: {none: here}, containers: [{name: main, image: none}]}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: plain, namespace: %1$s}
                spec: {nodeSelector: {none: here}, containers: [{name: main, image: none}]}
                ---
                apiVersion: tidegate.io/v1alpha1
                kind: ScalingPolicy
                metadata: {name: web, namespace: %1$s}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
                  replicas: {min: 1, max: 3}
                  signals: [{name: cpu, resource: {name: cpu, averageUtilization: 70}}]
                """.formatted(namespace);
    }

    @AfterEach
    void remove() {
        kubectl.run("delete", "deployment", "-n", "kube-system", "tg-admission-dns", "--ignore-not-found");
        policies.close();
    }

    @Test
    void holdsTheAutoscalerToTheFieldsThatItOwns() {
        String pods = "/api/v1/namespaces/" + namespace + "/pods";
        String apps = "/apis/apps/v1/namespaces/";
        String own = apps + namespace + "/deployments/web";
        String events = "/apis/events.k8s.io/v1/namespaces/" + namespace + "/events";
        String policy = "/apis/tidegate.io/v1alpha1/namespaces/" + namespace + "/scalingpolicies/web";
        List<Executable> steps = new ArrayList<>();
        Stream.of(
                        Case.refused(
                                FORBIDDEN_HERE,
                                apps + "kube-system/deployments/tg-admission-dns/scale",
                                "{\"spec\":{\"replicas\":2}}"),
                        Case.refused(OTHER_KIND, own, "{\"spec\":{\"paused\":true}}"),
                        Case.refused(OTHER_KIND, own + "/status", "{\"status\":{\"replicas\":7}}"),
                        Case.refused(OTHER_KIND, policy, "{\"spec\":{\"replicas\":{\"max\":100}}}"),
                        Case.refused(NOT_A_DRIVER, pods + "/plain", executors("1")),
                        Case.refused(
                                OTHER_FIELD, pods + "/driver", "{\"metadata\":{\"annotations\":{\"team\":\"other\"}}}"),
                        Case.refused(OTHER_FIELD, pods + "/driver", "{\"metadata\":{\"annotations\":{\"team\":null}}}"),
                        Case.refused(OTHER_FIELD, pods + "/driver", "{\"metadata\":{\"labels\":{\"team\":\"other\"}}}"),
                        Case.refused(OTHER_FIELD, pods + "/driver", "{\"metadata\":{\"finalizers\":[\"a.b/c\"]}}"),
                        Case.refused(OTHER_FIELD, pods + "/driver", "{\"spec\":{\"activeDeadlineSeconds\":1}}"),
                        Case.refused("longer than 4096", pods + "/driver", executors("x".repeat(4097))),
                        Case.refused(OTHER_KIND, "DELETE", pods + "/plain", "{}"),
                        Case.refused(NOT_A_DRIVER, "POST", pods, pod("spark-role")),
                        Case.refused(OTHER_KIND, "POST", pods + "/plain/eviction", eviction()),
                        Case.refused(OTHER_KIND, "POST", "/api/v1/namespaces/" + namespace + "/secrets", """
                                {"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"}}"""),
                        Case.refused(OTHER_KIND, "POST", "/apis/rbac.authorization.k8s.io/v1/clusterroles", """
                                {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"s"}}"""),
                        Case.refused(
                                "only events that Tidegate reports",
                                "POST",
                                events,
                                event("somebody/else", "ScalingPolicy")),
                        Case.refused(
                                "are about ScalingPolicies", "POST", events, event("tidegate.io/autoscaler", "Pod")),
                        Case.accepted(own + "/scale", "{\"spec\":{\"replicas\":2}}"),
                        Case.accepted(pods + "/driver", executors("{\\\"cap\\\":1}")),
                        Case.accepted(pods + "/driver", executors("{\\\"cap\\\":2}")),
                        Case.accepted(policy + "/status", "{\"status\":{\"reason\":\"Test\"}}"),
                        new Case(
                                "POST",
                                events,
                                "application/json",
                                event("tidegate.io/autoscaler", "ScalingPolicy"),
                                ""),
                        Case.accepted(
                                events + "/told",
                                "{\"series\":{\"count\":2,\"lastObservedTime\":\"2026-11-01T00:00:01.000000Z\"}}"))
                .forEach(one -> steps.add(() -> check(one)));
        assertAll(steps);
    }

    @Test
    void expressionsFitTheTypesOfTheApi() {
        await().atMost(SOON)
                .untilAsserted(() -> assertEquals("1 1 1 1", policies.read("{.items[*].status.observedGeneration}")));
        assertEquals("", policies.read("{.items[*].status.typeChecking.expressionWarnings}"));
    }

    private void check(Case one) {
        if (one.refusal().isEmpty()) {
            HttpResponse<String> answer = send(one);
            assertTrue(answer.isSuccessful(), one + ": " + answer.body());
        } else {
            // The API server takes some moments to heed new policies.
            await().atMost(SOON).untilAsserted(() -> {
                HttpResponse<String> answer = send(one);
                assertTrue(
                        (answer.code() == 403 || answer.code() == 422)
                                && answer.body().contains(one.refusal()),
                        () -> one + ": " + answer.code() + " " + answer.body());
            });
        }
    }

    private HttpResponse<String> send(Case one) {
        return policies.autoscaler().send(one.method(), one.path(), one.type(), one.body());
    }

    private static String executors(String value) {
        return "{\"metadata\":{\"annotations\":{\"tidegate.io/executors\":\"" + value + "\"}}}";
    }

    private static String pod(String label) {
        return """
                {"apiVersion":"v1","kind":"Pod","metadata":{"name":"new","labels":{"%s":"driver"}},
                 "spec":{"containers":[{"name":"main","image":"none"}]}}""".formatted(label);
    }

    private static String eviction() {
        return "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"plain\"}}";
    }

    private String event(String controller, String kind) {
        return """
                {"apiVersion":"events.k8s.io/v1","kind":"Event","metadata":{"name":"told","namespace":"%s"},
                 "eventTime":"2026-11-01T00:00:00.000000Z","reportingController":"%s","reportingInstance":"test","action":"Test",
                 "reason":"Test","type":"Normal","note":"a test",
                 "regarding":{"apiVersion":"tidegate.io/v1alpha1","kind":"%s","namespace":"%s","name":"web"}}""".formatted(namespace, controller, kind, namespace);
    }
}
