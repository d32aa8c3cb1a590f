package io.tidegate.collector.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;

/**
 * Which namespaces are watched.
 *
 * @param namespaces their names; none for all
 */
record Scope(List<String> namespaces) {
    Scope {
        namespaces = List.copyOf(namespaces);
    }

    /** Lists of one kind, one a namespace, or one over all. */
    <T extends HasMetadata, L> List<Informable<T>> lists(MixedOperation<T, L, ? extends Resource<T>> objects) {
        return namespaces.isEmpty()
                ? List.of(objects.inAnyNamespace())
                : namespaces.stream().<Informable<T>>map(objects::inNamespace).toList();
    }

    /** Lists of a kind that has no class. */
    List<Informable<GenericKubernetesResource>> lists(
            KubernetesClient client, String apiVersion, String kind, String plural) {
        return lists(objects(client, apiVersion, kind, plural, true));
    }

    /** The list of a kind that belongs to no namespace. */
    static List<Informable<GenericKubernetesResource>> listsOfCluster(
            KubernetesClient client, String apiVersion, String kind, String plural) {
        return List.of(objects(client, apiVersion, kind, plural, false));
    }

    private static MixedOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            objects(KubernetesClient client, String apiVersion, String kind, String plural, boolean namespaced) {
        int slash = apiVersion.indexOf('/');
        return client.genericKubernetesResources(new ResourceDefinitionContext.Builder()
                .withGroup(slash < 0 ? "" : apiVersion.substring(0, slash))
                .withVersion(apiVersion.substring(slash + 1))
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(namespaced)
                .build());
    }
}
