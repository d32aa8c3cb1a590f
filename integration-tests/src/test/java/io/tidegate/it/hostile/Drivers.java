package io.tidegate.it.hostile;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Driver pods of a namespace that nobody runs, each of an application of its own, with policies and tokens. */
record Drivers(KubernetesClient client, String namespace) {

    static final String AUDIENCE = "tidegate-collector";
    static final String ANSWER = "tidegate.io/executors-state";
    static final String DESIRED = "tidegate.io/executors";
    static final String GOOD_ANSWER = "{\"version\":1,\"plugin\":\"0.1.0\",\"dynamic\":true,\"slots\":4,\"wanted\":1,"
            + "\"granted\":1,\"running\":1,\"draining\":0}";

    private static final String ACCOUNT = "spark";
    private static final Duration SOON = Duration.ofSeconds(30);

    /** Makes the account of the drivers. */
    void account() {
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(ACCOUNT)
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    /** A policy for the driver of the same name. */
    void policy(String name) {
        client.resource(Serialization.unmarshal("""
                        apiVersion: tidegate.io/v1alpha1
                        kind: ScalingPolicy
                        metadata: {name: %1$s, namespace: %2$s}
                        spec:
                          selector: {matchLabels: {pipeline: %1$s}}
                          executors: {min: 2, max: 9}
                        """.formatted(name, namespace), GenericKubernetesResource.class))
                .forceConflicts()
                .serverSideApply();
    }

    static String appId(String name) {
        return "spark-" + name;
    }

    static Pod pod(String namespace, String name, Map<String, String> annotations) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withLabels(Map.of("spark-role", "driver", "spark-app-selector", appId(name), "pipeline", name))
                .withAnnotations(annotations)
                .endMetadata()
                .withNewSpec()
                .withSchedulerName("nobody")
                .withServiceAccountName(ACCOUNT)
                .withAutomountServiceAccountToken(false)
                .addNewContainer()
                .withName("spark-kubernetes-driver")
                .withImage("none")
                .endContainer()
                .endSpec()
                .build();
    }

    /** A driver that runs. */
    void create(String name, Map<String, String> annotations) {
        await().atMost(SOON)
                .ignoreExceptionsMatching(KubernetesClientException.class::isInstance)
                .until(() -> client.resource(pod(namespace, name, annotations)).create() != null);
        runs(name);
    }

    void runs(String name) {
        client.pods()
                .inNamespace(namespace)
                .withName(name)
                .editStatus(pod -> new PodBuilder(pod)
                        .editOrNewStatus()
                        .withPhase("Running")
                        .endStatus()
                        .build());
    }

    void delete(String name) {
        client.pods().inNamespace(namespace).withName(name).withGracePeriod(0).delete();
        await().atMost(SOON)
                .until(() -> client.pods().inNamespace(namespace).withName(name).get() == null);
    }

    void annotate(String name, String annotation, String value) {
        client.pods()
                .inNamespace(namespace)
                .withName(name)
                .edit(pod -> new PodBuilder(pod)
                        .editMetadata()
                        .addToAnnotations(annotation, value)
                        .endMetadata()
                        .build());
    }

    void unannotate(String name, String annotation) {
        client.pods()
                .inNamespace(namespace)
                .withName(name)
                .edit(pod -> new PodBuilder(pod)
                        .editMetadata()
                        .removeFromAnnotations(annotation)
                        .endMetadata()
                        .build());
    }

    String annotation(String name, String annotation) {
        Map<String, String> annotations = client.pods()
                .inNamespace(namespace)
                .withName(name)
                .require()
                .getMetadata()
                .getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(annotation, "");
    }

    /** A token that is bound to the pod, as a projected one is. */
    String token(String name, String audience) {
        String uid = client.pods()
                .inNamespace(namespace)
                .withName(name)
                .require()
                .getMetadata()
                .getUid();
        return client.serviceAccounts()
                .inNamespace(namespace)
                .withName(ACCOUNT)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withAudiences(List.of(audience))
                        .withExpirationSeconds(Duration.ofMinutes(30).toSeconds())
                        .withNewBoundObjectRef("v1", "Pod", name, uid)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
    }

    /** What the policy's status says in words. */
    String told(String policy) {
        GenericKubernetesResource told = client.genericKubernetesResources("tidegate.io/v1alpha1", "ScalingPolicy")
                .inNamespace(namespace)
                .withName(policy)
                .require();
        return told.get("status", "sentence") + " " + told.get("status", "conditions");
    }

    /** A body as the plugin sends it, of one snapshot. */
    static String body(String appId, Instant at) {
        return """
                {"version":1,"sentAt":"%1$s","dropped":0,"snapshots":[{"at":"%1$s","appId":"%2$s","dynamic":true,"slots":4,\
                "executors":{"wanted":1,"granted":1,"running":1,"busy":0,"draining":0},"activeJobs":0,"stages":[],\
                "omittedStages":0,"queries":[{"name":"q","batch":1,"rows":10,"batchMillis":100,"sinceEndMillis":0,\
                "inputRate":1.5,"stateful":false}]}]}""".formatted(at, appId);
    }
}
