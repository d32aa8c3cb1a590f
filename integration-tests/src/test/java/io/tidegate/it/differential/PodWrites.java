package io.tidegate.it.differential;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tidegate.it.differential.PodPlay.Published;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a kubelet and a metrics server would write about the pods that are played. A pod that is gone is no error. */
final class PodWrites {

    private static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final ResourceDefinitionContext POD_METRICS = new ResourceDefinitionContext.Builder()
            .withGroup("metrics.k8s.io")
            .withVersion("v1beta1")
            .withKind("PodMetrics")
            .withPlural("pods")
            .withNamespaced(true)
            .build();

    private final KubernetesClient client;

    PodWrites(KubernetesClient client) {
        this.client = client;
    }

    /** Makes the younger of two pods that are otherwise equal the one that a ReplicaSet removes. */
    void rank(Pod pod, int rank) {
        ifThere(() -> client.resource(pod)
                .patch(
                        MERGE,
                        Serialization.asJson(Map.of(
                                "metadata", Map.of("annotations", Map.of(DELETION_COST, String.valueOf(-rank)))))));
    }

    void status(Pod pod, Life life, Instant now) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("phase", life.phase());
        status.put("startTime", life.startedAt(now).map(PodWrites::text).orElse(null));
        status.put(
                "conditions",
                life.ready()
                        .map(ready -> List.of(Map.of(
                                "type",
                                "Ready",
                                "status",
                                ready ? "True" : "False",
                                "lastTransitionTime",
                                text(life.readyChangedAt(now)))))
                        .orElse(List.of()));
        ifThere(() -> client.resource(pod)
                .subresource("status")
                .patch(MERGE, Serialization.asJson(Map.of("status", status))));
    }

    void usage(Pod pod, PodPlay play, Instant now) {
        if (play.published() == Published.NONE) {
            removeUsage(pod);
            return;
        }
        GenericKubernetesResource metrics = new GenericKubernetesResourceBuilder()
                .withApiVersion("metrics.k8s.io/v1beta1")
                .withKind("PodMetrics")
                .withNewMetadata()
                .withNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .withLabels(pod.getMetadata().getLabels())
                .endMetadata()
                .build();
        metrics.setAdditionalProperty("timestamp", text(now));
        metrics.setAdditionalProperty("window", play.life().windowSeconds() + "s");
        metrics.setAdditionalProperty(
                "containers",
                play.containers().entrySet().stream()
                        .map(container -> Map.of("name", container.getKey(), "usage", container.getValue()))
                        .toList());
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

    /** Asks for the pod's end; it stays for its grace period, which is longer than the test. */
    void delete(Pod pod) {
        ifThere(() -> client.resource(pod).delete());
    }

    /** What a kubelet does when the containers have ended. */
    void remove(Pod pod) {
        removeUsage(pod);
        ifThere(() -> client.resource(pod).withGracePeriod(0).delete());
    }

    private static void ifThere(Runnable write) {
        try {
            write.run();
        } catch (KubernetesClientException e) {
            if (e.getCode() != NOT_FOUND && e.getCode() != CONFLICT) {
                throw e;
            }
        }
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
