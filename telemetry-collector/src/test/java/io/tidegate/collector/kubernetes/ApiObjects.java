package io.tidegate.collector.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** Objects of the API server, from YAML. */
final class ApiObjects {

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private ApiObjects() {}

    static GenericKubernetesResource of(String yaml) {
        return SERIALIZATION.unmarshal("---\n" + yaml, GenericKubernetesResource.class);
    }
}
