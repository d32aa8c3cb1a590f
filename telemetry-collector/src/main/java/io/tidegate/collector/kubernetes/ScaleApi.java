package io.tidegate.collector.kubernetes;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidegate.contracts.fact.WorkloadFact.ScaleResource;
import java.util.List;
import java.util.Optional;

/** Asks the API server for scale subresources; blocks. */
final class ScaleApi {

    private final KubernetesClient client;

    ScaleApi(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Finds where the scale subresource of a kind is; empty if the API server has no such kind, or it has none.
     *
     * @throws KubernetesClientException if the API server can't be asked
     */
    Optional<ScaleResource> find(String apiVersion, String kind) {
        String json = client.raw(root(apiVersion));
        if (json == null) {
            return Optional.empty();
        }
        List<APIResource> resources = client.getKubernetesSerialization()
                .unmarshal(json, APIResourceList.class)
                .getResources();
        // The subresource's own entry has the kind Scale, so that the kind is looked up in the object's entry.
        return resources.stream()
                .filter(resource ->
                        kind.equals(resource.getKind()) && !resource.getName().contains("/"))
                .map(APIResource::getName)
                .filter(plural -> resources.stream()
                        .anyMatch(resource -> resource.getName().equals(plural + "/scale")))
                .findFirst()
                .map(plural -> new ScaleResource(apiVersion, plural));
    }

    /**
     * Reads a scale subresource; empty if the object is gone.
     *
     * @throws KubernetesClientException if the API server can't be asked
     */
    Optional<Scale> read(ScaleResource resource, String namespace, String name) {
        String json = client.raw(root(resource.apiVersion()) + "/namespaces/" + namespace + "/" + resource.plural()
                + "/" + name + "/scale");
        return Optional.ofNullable(json)
                .map(text -> client.getKubernetesSerialization().unmarshal(text, Scale.class));
    }

    private static String root(String apiVersion) {
        return (apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion;
    }
}
