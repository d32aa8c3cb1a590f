package io.tidegate.testbed.controlplane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.process.ChildProcess;
import io.tidegate.testbed.process.ProcessSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@OnTestbed
class ControlPlaneIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void runsTheDeploymentsPodsOnSimulatedNodes(KubernetesClient client, Isolation isolation) {
        String namespace = isolation.namespace();
        client.resource(deployment(namespace, 3)).create();

        Awaitility.await()
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> readyReplicas(client, namespace) == 3);
        assertEquals(
                List.of("Running", "Running", "Running"),
                client.pods().inNamespace(namespace).list().getItems().stream()
                        .map(pod -> pod.getStatus().getPhase())
                        .toList());
    }

    @Test
    void patchesTheScaleOnlyWhenItsTestHolds(ControlPlane plane, Isolation isolation) throws IOException {
        KubernetesClient client = plane.client();
        String namespace = isolation.namespace();
        client.resource(deployment(namespace, 1)).create();
        String scale = "/apis/apps/v1/namespaces/" + namespace + "/deployments/web/scale";

        HttpResponse<String> accepted = patch(client, scale, 1, 4);
        HttpResponse<String> refused = patch(client, scale, 1, 9);

        JsonNode answer = new ObjectMapper().readTree(accepted.body());
        assertEquals("Scale", answer.path("kind").asText());
        assertEquals(4, answer.path("spec").path("replicas").asInt());
        assertEquals(List.of(200, 422), List.of(accepted.code(), refused.code()));
        assertEquals(List.of(200, 422), codesInAuditLog(plane, namespace));
    }

    @Test
    void showsPodUsageWrittenAsPlainObjects(ControlPlane plane, SharedTestbed testbed, Isolation isolation) {
        KubernetesClient client = plane.client();
        String namespace = isolation.namespace();
        client.resource(deployment(namespace, 1)).create();
        Awaitility.await().atMost(LIMIT).until(() -> readyReplicas(client, namespace) == 1);
        String pod = client.pods()
                .inNamespace(namespace)
                .list()
                .getItems()
                .getFirst()
                .getMetadata()
                .getName();
        client.resource(podMetrics(namespace, pod)).create();

        Path folder = testbed.directory().folder("kubectl-top");
        ProcessSpec top = ProcessSpec.disposable(
                "top-" + namespace,
                List.of(
                        plane.kubectl().toString(),
                        "--kubeconfig",
                        plane.kubeconfig().toString(),
                        "top",
                        "pods",
                        "-n",
                        namespace,
                        "--no-headers"),
                folder);
        try (ChildProcess process = ChildProcess.start(top)) {
            assertTrue(process.waitFor(LIMIT));
            assertEquals(pod + " 250m 64Mi", process.lastLines(1).strip().replaceAll(" +", " "));
        }
    }

    @Test
    void givesServiceAccountsTheirOwnRightsOnly(ControlPlane plane, SharedTestbed testbed, Isolation isolation)
            throws IOException {
        String namespace = isolation.namespace();
        plane.client()
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("nobody")
                        .endMetadata()
                        .build())
                .create();
        Path file = plane.serviceAccounts()
                .kubeconfig(
                        namespace,
                        "nobody",
                        testbed.directory().folder("accounts").resolve(namespace));

        try (KubernetesClient nobody = new KubernetesClientBuilder()
                .withHttpClientFactory(new JdkHttpClientFactory())
                .withConfig(Config.fromKubeconfig(file.toFile()))
                .build()) {
            KubernetesClientException refused = assertThrows(
                    KubernetesClientException.class,
                    () -> nobody.pods().inNamespace(namespace).list());
            assertEquals(403, refused.getCode());
            assertTrue(String.valueOf(refused.getMessage()).contains("system:serviceaccount:" + namespace + ":nobody"));
        }
    }

    private static int readyReplicas(KubernetesClient client, String namespace) {
        Deployment deployment = client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName("web")
                .get();
        Integer ready = deployment.getStatus().getReadyReplicas();
        return ready == null ? 0 : ready;
    }

    private static HttpResponse<String> patch(KubernetesClient client, String path, int expected, int wanted) {
        String patch = """
                [{"op": "test", "path": "/spec/replicas", "value": %d},
                 {"op": "replace", "path": "/spec/replicas", "value": %d}]""".formatted(expected, wanted);
        HttpRequest request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(client.getMasterUrl().toString().replaceAll("/$", "") + path)
                .method("PATCH", "application/json-patch+json", patch)
                .build();
        return client.getHttpClient()
                .sendAsync(request, String.class)
                .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private static List<Integer> codesInAuditLog(ControlPlane plane, String namespace) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<String> lines = Files.readAllLines(plane.auditLog().orElseThrow());
        List<Integer> codes = new ArrayList<>();
        for (String line : lines) {
            JsonNode event = mapper.readTree(line);
            JsonNode reference = event.path("objectRef");
            if (reference.path("namespace").asText().equals(namespace)
                    && reference.path("subresource").asText().equals("scale")) {
                codes.add(event.path("responseStatus").path("code").asInt());
            }
        }
        return codes;
    }

    private static GenericKubernetesResource podMetrics(String namespace, String pod) {
        GenericKubernetesResource metrics = new GenericKubernetesResourceBuilder()
                .withApiVersion("metrics.k8s.io/v1beta1")
                .withKind("PodMetrics")
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(pod)
                .endMetadata()
                .build();
        metrics.setAdditionalProperty("timestamp", java.time.Instant.now().toString());
        metrics.setAdditionalProperty("window", "5s");
        metrics.setAdditionalProperty(
                "containers", List.of(Map.of("name", "main", "usage", Map.of("cpu", "250m", "memory", "64Mi"))));
        return metrics;
    }

    private static Deployment deployment(String namespace, int replicas) {
        Map<String, String> labels = Map.of("app", "web");
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("web")
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .withMatchLabels(labels)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .addToNodeSelector(NodeKind.LABEL, NodeKind.SIMULATED.value())
                .addNewContainer()
                .withName("main")
                .withImage("example/none")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
