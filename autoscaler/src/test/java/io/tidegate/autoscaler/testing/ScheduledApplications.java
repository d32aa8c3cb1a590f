package io.tidegate.autoscaler.testing;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tidegate.autoscaler.targets.ObjectPath;
import io.tidegate.autoscaler.targets.TemplatePath;

/** ScheduledSparkApplications in the cluster. */
public final class ScheduledApplications {

    private static final ResourceDefinitionContext KIND = new ResourceDefinitionContext.Builder()
            .withGroup("sparkoperator.k8s.io")
            .withVersion("v1beta2")
            .withKind("ScheduledSparkApplication")
            .withPlural("scheduledsparkapplications")
            .withNamespaced(true)
            .build();

    private ScheduledApplications() {}

    /** One whose runs have 40 executors, or begin with 40 if they have dynamic allocation; 2 to 80 are to be written. */
    public static TemplatePath create(KubernetesClient client, String namespace, String name, boolean dynamic) {
        GenericKubernetesResource object = Serialization.unmarshal(
                """
                apiVersion: sparkoperator.k8s.io/v1beta2
                kind: ScheduledSparkApplication
                metadata: {name: NAME}
                spec:
                  schedule: "@daily"
                  template: {type: Scala, mainClass: Nightly, EXECUTORS}
                """.replace("NAME", name).replace(
                        "EXECUTORS",
                        dynamic
                                ? "executor: {cores: 4}, dynamicAllocation: {enabled: true, initialExecutors: 40}"
                                : "executor: {cores: 4, instances: 40}"),
                GenericKubernetesResource.class);
        String uid = client.genericKubernetesResources(KIND)
                .inNamespace(namespace)
                .resource(object)
                .create()
                .getMetadata()
                .getUid();
        return new TemplatePath(
                new ObjectPath("sparkoperator.k8s.io/v1beta2", "scheduledsparkapplications", namespace, name),
                uid,
                dynamic,
                2,
                80);
    }

    /** The whole spec, as JSON. */
    public static String spec(KubernetesClient client, TemplatePath path) {
        return Serialization.asJson(
                resource(client, path).require().getAdditionalProperties().get("spec"));
    }

    /** Says when the next run begins, as the operator does. */
    public static void reschedule(KubernetesClient client, TemplatePath path) {
        resource(client, path)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"scheduleState\":\"Scheduled\"}}");
    }

    public static void delete(KubernetesClient client, TemplatePath path) {
        resource(client, path).delete();
    }

    private static Resource<GenericKubernetesResource> resource(KubernetesClient client, TemplatePath path) {
        return client.genericKubernetesResources(KIND)
                .inNamespace(path.namespace())
                .withName(path.object().name());
    }
}
