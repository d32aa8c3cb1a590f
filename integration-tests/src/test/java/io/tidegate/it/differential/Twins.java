package io.tidegate.it.differential;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Two equal Deployments, one scaled by a HorizontalPodAutoscaler, the other by a ScalingPolicy; without Tidegate only the
 * former.
 */
final class Twins {

    static final int FIRST_SIZE = 3;

    private final KubernetesClient client;
    private final String namespace;
    private final HpaFlags flags;
    private final boolean withTidegate;
    private final String hpa;
    private final String tidegate;

    Twins(KubernetesClient client, String namespace, HpaFlags flags, boolean withTidegate, int index) {
        this.client = client;
        this.namespace = namespace;
        this.flags = flags;
        this.withTidegate = withTidegate;
        this.hpa = "hpa-twin-" + index;
        this.tidegate = "tide-twin-" + index;
        names().forEach(this::createDeployment);
    }

    String hpa() {
        return hpa;
    }

    /** The one that Tidegate scales, or that stands for it. */
    String tidegate() {
        return withTidegate ? tidegate : hpa;
    }

    List<String> names() {
        return withTidegate ? List.of(hpa, tidegate) : List.of(hpa);
    }

    /** Gives both their rules. */
    void apply(TwinSpec spec) {
        apply(spec.hpa(namespace, hpa));
        if (withTidegate) {
            apply(spec.policy(namespace, tidegate, flags));
        }
    }

    /** The size that a Deployment asks for. */
    int size(String name) {
        return client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(name)
                .get()
                .getSpec()
                .getReplicas();
    }

    /** Why the HorizontalPodAutoscaler is where it is: the reasons of its conditions. */
    String hpaReason() {
        HorizontalPodAutoscaler object = client.autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .inNamespace(namespace)
                .withName(hpa)
                .get();
        return object.getStatus() == null
                ? ""
                : object.getStatus().getConditions().stream()
                        .filter(condition -> !condition.getType().equals("AbleToScale"))
                        .map(condition -> condition.getReason())
                        .collect(Collectors.joining(","));
    }

    /** What the policy's status says. */
    String tidegateReason() {
        if (!withTidegate) {
            return "";
        }
        GenericKubernetesResource policy = client.genericKubernetesResources("tidegate.io/v1alpha1", "ScalingPolicy")
                .inNamespace(namespace)
                .withName(tidegate)
                .get();
        @Nullable
        Object status = policy == null ? null : policy.getAdditionalProperties().get("status");
        return status instanceof Map<?, ?> fields ? fields.get("reason") + ": " + fields.get("sentence") : "";
    }

    private void createDeployment(String name) {
        apply("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s, namespace: %2$s}
                spec:
                  replicas: %3$d
                  selector: {matchLabels: {%4$s: %1$s}}
                  template:
                    metadata: {labels: {%4$s: %1$s}}
                    spec:
                      nodeName: %5$s
                      terminationGracePeriodSeconds: 86400
                      containers:
                        - {name: %6$s, image: none, resources: {requests: {cpu: %7$dm, memory: %8$dMi}}}
                        - {name: %9$s, image: none, resources: {requests: {cpu: %10$dm, memory: %11$dMi}}}
                """.formatted(
                        name,
                        namespace,
                        FIRST_SIZE,
                        PlayedNode.LABEL,
                        PlayedNode.NODE,
                        PodPlay.APP,
                        PodPlay.APP_CPU_REQUEST,
                        PodPlay.APP_MEMORY_REQUEST,
                        PodPlay.SIDECAR,
                        PodPlay.SIDECAR_CPU_REQUEST,
                        PodPlay.SIDECAR_MEMORY_REQUEST));
    }

    private void apply(String manifest) {
        GenericKubernetesResource resource = Serialization.unmarshal(
                new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)), GenericKubernetesResource.class);
        client.resource(resource).fieldManager("test").forceConflicts().serverSideApply();
    }
}
