package io.tidegate.it.kinds;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.Map;

/**
 * Objects of the Spark operators in one namespace, with policies and driver pods. The test plays the operators, and the plugin in
 * drivers that nobody runs.
 */
record Applications(KubernetesClient client, String namespace) {

    static final String KUBEFLOW = "sparkoperator.k8s.io/v1beta2";
    static final String APACHE = "spark.apache.org/v1";
    private static final String DESIRED = "tidegate.io/executors";
    private static final String ANSWER = "tidegate.io/executors-state";
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final Duration SOON = Duration.ofSeconds(20);

    void create(String apiVersion, String kind, String name, String spec) {
        apply("""
                apiVersion: %s
                kind: %s
                metadata: {name: %s, namespace: %s}
                spec: %s
                """.formatted(apiVersion, kind, name, namespace, spec));
    }

    /** A policy for an object of the same name; {@code more} are further fields of its spec. */
    void policy(String apiVersion, String kind, String name, String more) {
        policy(name, "{apiVersion: %s, kind: %s, name: %s}".formatted(apiVersion, kind, name), more);
    }

    /** A policy for any target. */
    void policy(String name, String target, String more) {
        apply("""
                apiVersion: tidegate.io/v1alpha1
                kind: ScalingPolicy
                metadata: {name: %s, namespace: %s}
                spec:
                  scaleTargetRef: %s
                """.formatted(name, namespace, target) + more.indent(2));
    }

    /** Says how an object stands, as its operator does. */
    void status(String apiVersion, String kind, String name, String status) {
        object(apiVersion, kind, name).subresource("status").patch(MERGE, "{\"status\":" + status + "}");
    }

    /** A field of an object, as text; empty while it isn't there. */
    String field(String apiVersion, String kind, String name, Object... path) {
        GenericKubernetesResource object = object(apiVersion, kind, name).get();
        Object value = object == null ? null : object.get(path);
        return value == null ? "" : value.toString();
    }

    /** A field of a policy's status. */
    String told(String policy, Object... path) {
        Object[] whole = new Object[path.length + 1];
        whole[0] = "status";
        System.arraycopy(path, 0, whole, 1, path.length);
        return field("tidegate.io/v1alpha1", "ScalingPolicy", policy, whole);
    }

    long generation(String apiVersion, String kind, String name) {
        return object(apiVersion, kind, name).require().getMetadata().getGeneration();
    }

    /** A driver pod that runs, as far as the API server knows. */
    void driver(String name, Map<String, String> labels) {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withLabels(labels)
                .addToLabels("spark-role", "driver")
                .addToLabels("spark-app-selector", "app-" + name)
                .endMetadata()
                .withNewSpec()
                .withSchedulerName("nobody")
                .withAutomountServiceAccountToken(false)
                .addNewContainer()
                .withName("spark-kubernetes-driver")
                .withImage("none")
                .endContainer()
                .endSpec()
                .build();
        // The namespace's service account is made a little later than the namespace.
        await().atMost(SOON)
                .ignoreExceptionsMatching(KubernetesClientException.class::isInstance)
                .until(() -> client.resource(pod).create() != null);
        phase(name, "Running");
    }

    void phase(String driver, String phase) {
        client.pods()
                .inNamespace(namespace)
                .withName(driver)
                .subresource("status")
                .patch(MERGE, "{\"status\":{\"phase\":\"" + phase + "\"}}");
    }

    /** Has the plugin in a driver say that so many executors were granted. */
    void answer(String driver, int granted) {
        String answer =
                ("{\"version\":1,\"plugin\":\"0.1.0\",\"dynamic\":true,\"slots\":4,\"wanted\":%1$d,\"granted\":%1$d,"
                                + "\"running\":%1$d,\"draining\":0}")
                        .formatted(granted);
        client.pods()
                .inNamespace(namespace)
                .withName(driver)
                .edit(pod -> new PodBuilder(pod)
                        .editMetadata()
                        .addToAnnotations(ANSWER, answer)
                        .endMetadata()
                        .build());
    }

    /** What a driver was told; empty while it was told nothing. */
    String desired(String driver) {
        Pod pod = client.pods().inNamespace(namespace).withName(driver).get();
        Map<String, String> annotations = pod == null ? null : pod.getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(DESIRED, "");
    }

    private void apply(String manifest) {
        client.resource(Serialization.unmarshal(manifest, GenericKubernetesResource.class))
                .forceConflicts()
                .serverSideApply();
    }

    private Resource<GenericKubernetesResource> object(String apiVersion, String kind, String name) {
        return client.genericKubernetesResources(apiVersion, kind)
                .inNamespace(namespace)
                .withName(name);
    }
}
