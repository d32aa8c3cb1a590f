package io.tidegate.it.deploy;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidegate.testbed.helm.Helm;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.kubelet.ProcessKubelet;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.services.ServiceImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The life of a release, step after step: a real helm installs the chart into a namespace that enforces the restricted Pod
 * Security Standard; the process kubelet runs what the pods say, from the built applications, with the tokens of their
 * service accounts; and the services scale a real consumer.
 */
@OnTestbed(own = true)
@Tag("deploy")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HelmReleaseIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String NAMESPACE = "tidegate";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String TIMEOUT = "240s";

    private final SharedTestbed testbed;
    private final KubernetesClient client;
    private final Kubectl kubectl;
    private final Helm helm;
    private final Path values;
    private final SampleConsumer consumer;

    HelmReleaseIT(SharedTestbed testbed, ProcessKubelet kubelet) throws IOException {
        this.testbed = testbed;
        this.client = testbed.controlPlane().client();
        this.kubectl = new Kubectl(testbed.controlPlane(), testbed.directory().folder("kubectl"));
        this.helm = Helm.locate(testbed.directory().folder("helm"), Progress.console());
        this.values =
                Files.writeString(testbed.directory().folder("values").resolve("release.yaml"), values(kubelet.node()));
        this.consumer = new SampleConsumer(testbed, kubectl);
    }

    /** Pods listen on addresses of their own, as in a cluster; there is no name server for the engines to find each other by. */
    private String values(String node) {
        String common = """
                  replicas: 1
                  nodeSelector: {kubernetes.io/hostname: %s}
                  extraEnv: [{name: QUARKUS_HTTP_HOST, value: $(POD_IP)}]
                """.formatted(node);
        return """
                cluster: testbed
                image: {tag: %s}
                kafka: {bootstrapServers: "%s"}
                autoscaler:
                %scollector:
                %sengine:
                  advertisedAddress: $(POD_IP):8080
                %s""".formatted(ServiceImages.TAG, testbed.broker().bootstrapServers(), common, common, common);
    }

    @BeforeAll
    void makeNamespace() {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    @AfterAll
    void uninstall() {
        consumer.close();
        if (!releases().isEmpty()) {
            helm("uninstall", "tidegate", "--wait");
        }
        client.namespaces().withName(NAMESPACE).delete();
    }

    @Test
    @Order(1)
    void installBringsUpAllServicesWhereOnlyRestrictedPodsMayRun() {
        KubernetesClientException refused = assertThrows(
                KubernetesClientException.class,
                () -> client.resource(privileged()).create());
        assertTrue(String.valueOf(refused.getMessage()).contains("violates PodSecurity"), refused.getMessage());

        String said = helm(
                "install",
                "tidegate",
                Helm.chart().toString(),
                "--values",
                values.toString(),
                "--wait",
                "--timeout",
                TIMEOUT);

        assertTrue(said.contains("STATUS: deployed"), said);
        assertTrue(said.contains("watches all namespaces of the cluster \"testbed\""), said);
        assertEquals(
                List.of("tidegate-autoscaler", "tidegate-collector", "tidegate-engine"),
                servicePods().stream()
                        .map(pod -> pod.getSpec().getServiceAccountName())
                        .sorted()
                        .toList());
    }

    @Test
    @Order(2)
    void installedServicesScaleTheSampleWorkloadUpAndDown() throws ExecutionException, InterruptedException {
        consumer.deploy();
        consumer.produce(3_000);
        await().atMost(SOON).until(() -> consumer.replicas() > 0);
        await("all is consumed")
                .atMost(Duration.ofMinutes(2))
                .until(() -> consumer.replicas() == 0 && consumer.lag() == 0);
        assertTrue(consumer.status("learnedRate").contains("recordsPerSecond"), consumer.status("learnedRate"));
    }

    @Test
    @Order(3)
    void upgradeRollsOnlyWhatChangedAndKeepsWhatWasLearned() throws ExecutionException, InterruptedException {
        String rate = consumer.status("learnedRate");
        List<String> before = uids("collector");
        List<String> engines = uids("engine");

        helm(
                "upgrade",
                "tidegate",
                Helm.chart().toString(),
                "--values",
                values.toString(),
                "--set",
                "engine.config.tidegate\\.commit-interval=500ms",
                "--set",
                "engine.replicas=2",
                "--wait",
                "--timeout",
                TIMEOUT);

        assertAll(
                () -> assertEquals(before, uids("collector"), "the collector was restarted without need"),
                () -> assertEquals(2, uids("engine").size()),
                () -> assertFalse(
                        uids("engine").stream().anyMatch(engines::contains), "an engine has its old settings"),
                () -> assertTrue(configuration("engine").contains("tidegate.commit-interval=500ms")));
        scalesOnce(1_000);
        assertFalse(rate.isEmpty());
        assertTrue(consumer.status("learnedRate").contains("recordsPerSecond"), "the learned rate is gone");
    }

    @Test
    @Order(4)
    void rollbackBringsTheOldSettingsBackAndScalingGoesOn() throws ExecutionException, InterruptedException {
        helm("rollback", "tidegate", "1", "--wait", "--timeout", TIMEOUT);

        assertFalse(configuration("engine").contains("commit-interval"));
        await().atMost(SOON).until(() -> uids("engine").size() == 1);
        assertEquals("3", releases().getFirst().path("revision").asText());
        scalesOnce(1_000);
    }

    @Test
    @Order(5)
    void uninstallLeavesDefinitionsPoliciesAndSizes() {
        int size = consumer.replicas();
        helm("uninstall", "tidegate", "--wait", "--timeout", TIMEOUT);

        await().atMost(SOON).until(() -> servicePods().isEmpty());
        assertAll(
                () -> assertEquals(size, consumer.replicas()),
                () -> assertFalse(consumer.status("reason").isEmpty()),
                () -> assertEquals(
                        0,
                        kubectl.run("get", "crd", "scalingpolicies.tidegate.io").code()),
                () -> assertEquals(
                        "",
                        kubectl.run(
                                        "get",
                                        "clusterrole,clusterrolebinding,validatingadmissionpolicy",
                                        "-l",
                                        "app.kubernetes.io/instance=tidegate",
                                        "--no-headers",
                                        "--ignore-not-found",
                                        "-o",
                                        "name")
                                .output()
                                .replace("No resources found", "")
                                .strip()));
    }

    @Test
    @Order(6)
    void installTakesTheDefinitionsThatStayedAgain() throws ExecutionException, InterruptedException {
        helm(
                "install",
                "tidegate",
                Helm.chart().toString(),
                "--values",
                values.toString(),
                "--wait",
                "--timeout",
                TIMEOUT);
        scalesOnce(1_000);
    }

    private void scalesOnce(int records) throws ExecutionException, InterruptedException {
        consumer.produce(records);
        await().atMost(SOON).until(() -> consumer.replicas() > 0);
        await().atMost(Duration.ofMinutes(2)).until(() -> consumer.replicas() == 0 && consumer.lag() == 0);
    }

    private String helm(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--namespace",
                NAMESPACE,
                "--kubeconfig",
                testbed.controlPlane().kubeconfig().toString()));
        return Progress.console().during("helm " + arguments[0], () -> helm.run(all.toArray(String[]::new)));
    }

    private List<JsonNode> releases() {
        try {
            List<JsonNode> releases = new ArrayList<>();
            JSON.readTree(helm("list", "--output", "json")).forEach(releases::add);
            return releases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Pod> servicePods() {
        return client.pods()
                .inNamespace(NAMESPACE)
                .withLabel("app.kubernetes.io/instance", "tidegate")
                .list()
                .getItems();
    }

    private List<String> uids(String part) {
        return servicePods().stream()
                .filter(pod -> part.equals(pod.getMetadata().getLabels().get("app.kubernetes.io/component")))
                .map(pod -> pod.getMetadata().getUid())
                .sorted()
                .toList();
    }

    private String configuration(String part) {
        Map<String, String> data = client.configMaps()
                .inNamespace(NAMESPACE)
                .withName("tidegate-" + part)
                .get()
                .getData();
        return data.getOrDefault("application.properties", "");
    }

    private static Pod privileged() {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName("privileged")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("none")
                .withNewSecurityContext()
                .withPrivileged(true)
                .endSecurityContext()
                .endContainer()
                .endSpec()
                .build();
    }
}
