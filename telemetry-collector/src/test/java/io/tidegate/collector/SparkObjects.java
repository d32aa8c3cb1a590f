package io.tidegate.collector;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;

/** Pods of Spark applications of one namespace. Nobody schedules them: the test says what becomes of them. */
record SparkObjects(KubernetesClient client, String namespace, ClusterObjects objects) {

    static final String AUDIENCE = "tidegate-collector";
    private static final String ACCOUNT = "spark";
    private static final Duration SHORTEST = Duration.ofMinutes(10);

    void account() {
        objects.apply("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: %s, namespace: %s}
                """.formatted(ACCOUNT, namespace));
    }

    void policy(String name) {
        objects.apply("""
                apiVersion: tidegate.io/v1alpha1
                kind: ScalingPolicy
                metadata: {name: %1$s, namespace: %2$s}
                spec:
                  selector: {matchLabels: {pipeline: %1$s}}
                  executors: {min: 0, max: 80}
                """.formatted(name, namespace));
    }

    /** A driver pod that runs. */
    void driver(String name, String pipeline, String appId, int port) {
        pod(name, "spark-role: driver, pipeline: " + pipeline + ", spark-app-selector: " + appId, port);
    }

    /** An executor pod that runs. */
    void executor(String name, String appId) {
        pod(name, "spark-role: executor, spark-app-selector: " + appId, 7079);
    }

    private void pod(String name, String labels, int port) {
        objects.apply("""
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, namespace: %s, labels: {%s}}
                spec:
                  schedulerName: nobody
                  serviceAccountName: %s
                  automountServiceAccountToken: false
                  containers: [{name: spark, image: none, ports: [{name: spark-ui, containerPort: %d}]}]
                """.formatted(name, namespace, labels, ACCOUNT, port));
        client.pods()
                .inNamespace(namespace)
                .withName(name)
                .editStatus(pod -> new PodBuilder(pod)
                        .withNewStatus()
                        .withPhase("Running")
                        .withPodIP("127.0.0.1")
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("True")
                        .endCondition()
                        .endStatus()
                        .build());
    }

    /** What the plugin in a driver answers. */
    void answer(String driver, String answer) {
        client.pods()
                .inNamespace(namespace)
                .withName(driver)
                .edit(pod -> new PodBuilder(pod)
                        .editMetadata()
                        .addToAnnotations("tidegate.io/executors-state", answer)
                        .endMetadata()
                        .build());
    }

    void delete(String pod) {
        client.pods().inNamespace(namespace).withName(pod).withGracePeriod(0).delete();
    }

    /** A token that is bound to a pod, as a projected one is. */
    String token(String pod, String audience) {
        return token(new TokenRequestBuilder()
                .withNewSpec()
                .withAudiences(List.of(audience))
                .withExpirationSeconds(SHORTEST.toSeconds())
                .withNewBoundObjectRef()
                .withApiVersion("v1")
                .withKind("Pod")
                .withName(pod)
                .withUid(client.pods()
                        .inNamespace(namespace)
                        .withName(pod)
                        .require()
                        .getMetadata()
                        .getUid())
                .endBoundObjectRef()
                .endSpec()
                .build());
    }

    /** A token of the account that is bound to nothing. */
    String unboundToken() {
        return token(new TokenRequestBuilder()
                .withNewSpec()
                .withAudiences(List.of(AUDIENCE))
                .withExpirationSeconds(SHORTEST.toSeconds())
                .endSpec()
                .build());
    }

    private String token(TokenRequest request) {
        return client.serviceAccounts()
                .inNamespace(namespace)
                .withName(ACCOUNT)
                .tokenRequest(request)
                .getStatus()
                .getToken();
    }
}
