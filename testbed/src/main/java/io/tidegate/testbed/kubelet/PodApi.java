package io.tidegate.testbed.kubelet;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the kubelet writes to the API server about pods. */
final class PodApi {
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final ResourceDefinitionContext POD_METRICS = new ResourceDefinitionContext.Builder()
            .withGroup("metrics.k8s.io")
            .withVersion("v1beta1")
            .withKind("PodMetrics")
            .withPlural("pods")
            .withNamespaced(true)
            .build();

    private final KubernetesClient client;

    PodApi(KubernetesClient client) {
        this.client = client;
    }

    /** Writes the status and gives the pod as it is then; the same pod when it is gone or another has its name. */
    Pod writeStatus(Pod pod, Map<String, Object> patch) {
        try {
            return client.pods()
                    .inNamespace(pod.getMetadata().getNamespace())
                    .withName(pod.getMetadata().getName())
                    .subresource("status")
                    .patch(MERGE, Serialization.asJson(patch));
        } catch (KubernetesClientException e) {
            if (isGone(e)) {
                return pod;
            }
            throw e;
        }
    }

    /** Removes the pod object, which the API server keeps until its kubelet does this. */
    void remove(Pod pod) {
        try {
            var unused = client.resource(pod).withGracePeriod(0).delete();
        } catch (KubernetesClientException e) {
            if (!isGone(e)) {
                throw e;
            }
        }
    }

    /** A new token of the pod's service account, bound to the pod. */
    TokenRequestStatus token(Pod pod, ServiceAccountTokenProjection wanted) {
        TokenRequest request = new TokenRequestBuilder()
                .withNewSpec()
                .withAudiences(wanted.getAudience() == null ? List.of() : List.of(wanted.getAudience()))
                .withExpirationSeconds(wanted.getExpirationSeconds())
                .withNewBoundObjectRef()
                .withApiVersion("v1")
                .withKind("Pod")
                .withName(pod.getMetadata().getName())
                .withUid(pod.getMetadata().getUid())
                .endBoundObjectRef()
                .endSpec()
                .build();
        return client.serviceAccounts()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getSpec().getServiceAccountName())
                .tokenRequest(request)
                .getStatus();
    }

    /** What a config map holds; empty while it is not there. */
    Optional<Map<String, String>> configMap(String namespace, String name) {
        return Optional.ofNullable(client.configMaps()
                        .inNamespace(namespace)
                        .withName(name)
                        .get())
                .map(ConfigMap::getData)
                .map(Map::copyOf);
    }

    /** What a secret holds, as text; empty while it is not there. */
    Optional<Map<String, String>> secret(String namespace, String name) {
        return Optional.ofNullable(
                        client.secrets().inNamespace(namespace).withName(name).get())
                .map(secret -> secret.getData() == null ? Map.<String, String>of() : secret.getData())
                .map(data -> data.entrySet().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                Map.Entry::getKey,
                                entry -> new String(
                                        Base64.getDecoder().decode(entry.getValue()), StandardCharsets.UTF_8))));
    }

    /** Publishes what the containers of a pod use, in the form of the metrics API. */
    void publishUsage(Pod pod, List<Map<String, Object>> containers, Instant now, long windowSeconds) {
        GenericKubernetesResource metrics = new GenericKubernetesResourceBuilder()
                .withApiVersion("metrics.k8s.io/v1beta1")
                .withKind("PodMetrics")
                .withNewMetadata()
                .withNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .withLabels(pod.getMetadata().getLabels())
                .endMetadata()
                .build();
        metrics.setAdditionalProperty("timestamp", now.toString());
        metrics.setAdditionalProperty("window", windowSeconds + "s");
        metrics.setAdditionalProperty("containers", containers);
        var resource = client.genericKubernetesResources(POD_METRICS)
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName());
        try {
            resource.patch(MERGE, Serialization.asJson(metrics));
        } catch (KubernetesClientException e) {
            if (e.getCode() != NOT_FOUND) {
                throw e;
            }
            client.genericKubernetesResources(POD_METRICS)
                    .inNamespace(pod.getMetadata().getNamespace())
                    .resource(metrics)
                    .create();
        }
    }

    void removeUsage(Pod pod) {
        var unused = client.genericKubernetesResources(POD_METRICS)
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .delete();
    }

    private static boolean isGone(KubernetesClientException failure) {
        return failure.getCode() == NOT_FOUND || failure.getCode() == CONFLICT;
    }
}
