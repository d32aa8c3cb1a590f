package io.tidegate.autoscaler.testing;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;

/** ScalingPolicies in the cluster. */
public final class Policies {

    private static final ResourceDefinitionContext KIND = new ResourceDefinitionContext.Builder()
            .withGroup("tidegate.io")
            .withVersion("v1alpha1")
            .withKind("ScalingPolicy")
            .withPlural("scalingpolicies")
            .withNamespaced(true)
            .build();

    private Policies() {}

    public static void create(KubernetesClient client, String namespace, String name) {
        createFrom(client, namespace, """
                apiVersion: tidegate.io/v1alpha1
                kind: ScalingPolicy
                metadata: {name: NAME}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: NAME}
                  signals:
                    - name: lag
                      kafka: {connectionRef: kafka, consumerGroup: NAME, topics: [NAME]}
                """.replace("NAME", name));
    }

    /** One for the Spark application of the driver pods of {@link DriverPods}. */
    public static void createForSpark(KubernetesClient client, String namespace, String name) {
        createFrom(client, namespace, """
                apiVersion: tidegate.io/v1alpha1
                kind: ScalingPolicy
                metadata: {name: NAME}
                spec:
                  selector: {matchLabels: {pipeline: nightly}}
                  executors: {min: 2, max: 80}
                """.replace("NAME", name));
    }

    private static void createFrom(KubernetesClient client, String namespace, String manifest) {
        client.genericKubernetesResources(KIND)
                .inNamespace(namespace)
                .resource(Serialization.unmarshal(manifest, GenericKubernetesResource.class))
                .create();
    }

    public static GenericKubernetesResource get(KubernetesClient client, String namespace, String name) {
        return resource(client, namespace, name).require();
    }

    /** Its uid; an empty text if it does not exist. */
    public static String uid(KubernetesClient client, String namespace, String name) {
        GenericKubernetesResource policy = resource(client, namespace, name).get();
        return policy == null ? "" : policy.getMetadata().getUid();
    }

    public static void delete(KubernetesClient client, String namespace, String name) {
        resource(client, namespace, name).delete();
    }

    private static Resource<GenericKubernetesResource> resource(
            KubernetesClient client, String namespace, String name) {
        return client.genericKubernetesResources(KIND).inNamespace(namespace).withName(name);
    }
}
