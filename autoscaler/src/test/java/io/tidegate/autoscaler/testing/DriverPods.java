package io.tidegate.autoscaler.testing;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.tidegate.autoscaler.targets.DriverPath;
import io.tidegate.contracts.spark.DesiredExecutors;
import io.tidegate.contracts.wire.Json;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Driver pods in the cluster, which no node runs: else its kubelet would set their phase too. */
public final class DriverPods {

    private static final Duration SOON = Duration.ofSeconds(30);

    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private DriverPods() {}

    /** Creates a pod that says it is a driver. */
    public static DriverPath create(KubernetesClient client, String namespace, String name) {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(Map.of("spark-role", "driver", "pipeline", "nightly"))
                .endMetadata()
                .withNewSpec()
                .withSchedulerName("nobody")
                .withAutomountServiceAccountToken(false)
                .withRestartPolicy("Never")
                .addNewContainer()
                .withName("driver")
                .withImage("none")
                .endContainer()
                .endSpec()
                .build();
        // The namespace's service account is made a little later than the namespace.
        Pod created = await().atMost(SOON)
                .ignoreExceptionsMatching(KubernetesClientException.class::isInstance)
                .until(() -> client.pods().inNamespace(namespace).resource(pod).create(), found -> found != null);
        return new DriverPath(namespace, name, created.getMetadata().getUid());
    }

    /** Deletes the pod at once and creates another of its name. */
    public static DriverPath createAgain(KubernetesClient client, DriverPath path) {
        pod(client, path).withGracePeriod(0).delete();
        await().atMost(SOON).until(() -> pod(client, path).get() == null);
        return create(client, path.namespace(), path.pod());
    }

    /** Has the pod finish. */
    public static void finish(KubernetesClient client, DriverPath path) {
        pod(client, path).subresource("status").patch(MERGE, "{\"status\":{\"phase\":\"Succeeded\"}}");
    }

    /** Sets the annotation, as another writer would; null removes it. */
    public static void annotate(KubernetesClient client, DriverPath path, @Nullable String text) {
        annotate(client, path, DesiredExecutors.ANNOTATION, text);
    }

    /** Sets any annotation; null removes it. It does not mind who else changes the pod. */
    public static void annotate(KubernetesClient client, DriverPath path, String name, @Nullable String text) {
        ObjectNode patch = Json.mapper().createObjectNode();
        patch.putObject("metadata").putObject("annotations").put(name, text);
        pod(client, path).patch(MERGE, patch.toString());
    }

    /** The annotation; an empty text if there is none. */
    public static String annotation(KubernetesClient client, DriverPath path) {
        return annotation(client, path, DesiredExecutors.ANNOTATION);
    }

    /** Any annotation; an empty text if there is none. */
    public static String annotation(KubernetesClient client, DriverPath path, String name) {
        Map<String, String> annotations =
                pod(client, path).require().getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(name, "");
    }

    private static PodResource pod(KubernetesClient client, DriverPath path) {
        return client.pods().inNamespace(path.namespace()).withName(path.pod());
    }
}
