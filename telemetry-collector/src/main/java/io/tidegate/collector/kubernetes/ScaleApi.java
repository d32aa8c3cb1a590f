package io.tidegate.collector.kubernetes;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidegate.contracts.fact.WorkloadFact.ScaleResource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
        List<APIResource> resources = resources(apiVersion);
        return plurals(resources, kind)
                .filter(plural -> resources.stream()
                        .anyMatch(resource -> resource.getName().equals(plural + "/scale")))
                .findFirst()
                .map(plural -> new ScaleResource(apiVersion, plural));
    }

    /**
     * Finds where the objects of a kind are, whether or not it can be scaled; empty if the API server has no such kind.
     *
     * @throws KubernetesClientException if the API server can't be asked
     */
    Optional<ScaleResource> findObjects(String apiVersion, String kind) {
        return plurals(resources(apiVersion), kind).findFirst().map(plural -> new ScaleResource(apiVersion, plural));
    }

    private List<APIResource> resources(String apiVersion) {
        String json = client.raw(root(apiVersion));
        return json == null
                ? List.of()
                : client.getKubernetesSerialization()
                        .unmarshal(json, APIResourceList.class)
                        .getResources();
    }

    /** The subresource's own entry has the kind Scale, so that the kind is looked up in the object's entry. */
    private static Stream<String> plurals(List<APIResource> resources, String kind) {
        return resources.stream()
                .filter(resource ->
                        kind.equals(resource.getKind()) && !resource.getName().contains("/"))
                .map(APIResource::getName);
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
