package io.tidegate.it.deploy;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.testbed.SampleImages;
import io.tidegate.testbed.helm.Helm;
import io.tidegate.testbed.ingest.IngestImage;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.kubelet.EntryPoint;
import io.tidegate.testbed.kubelet.KubeletOptions;
import io.tidegate.testbed.kubelet.ProcessKubelet;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.services.ServiceImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A release of version 0.1.0 is upgraded to what is in this folder, and rolled back: its chart and its services are built once
 * from the tag {@code v0.1.0}. Without that tag, nothing is tested, and one line says so.
 */
@OnTestbed(own = true)
@Tag("deploy")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpgradeIT {

    private static final String VERSION = "0.1.0";
    private static final JsonMapper JSON = new JsonMapper();
    private static final String NAMESPACE = "tidegate-upgraded";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String TIMEOUT = "240s";

    private final SharedTestbed testbed;
    private @Nullable Run run;

    UpgradeIT(SharedTestbed testbed) {
        this.testbed = testbed;
    }

    /** All that there is only if there is such a version. */
    private record Run(
            ReleasedVersion released,
            ProcessKubelet kubelet,
            Helm helm,
            Path values,
            SampleConsumer consumer,
            KubernetesClient client) {}

    @BeforeAll
    void prepare() throws IOException {
        Optional<ReleasedVersion> released = ReleasedVersion.find(VERSION, Progress.console());
        if (released.isEmpty()) {
            String why = "there is no tag v" + VERSION + " in this repository to upgrade from";
            Progress.console().line("Skipping UpgradeIT: " + why);
            Assumptions.abort(why);
        }
        // Prepares the sample service, too.
        testbed.kubelet();
        KubernetesClient client = testbed.controlPlane().client();
        Kubectl kubectl =
                new Kubectl(testbed.controlPlane(), testbed.directory().folder("kubectl"));
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .serverSideApply();
        Map<String, EntryPoint> images = new HashMap<>(SampleImages.with(new IngestImage()));
        images.putAll(released.orElseThrow().images());
        ProcessKubelet kubelet = ProcessKubelet.start(
                testbed.controlPlane().kubeletConfig(),
                KubeletOptions.of("process-upgrade", testbed.directory().folder("pods-upgrade"), images)
                        .withUsagePeriod(Duration.ofSeconds(1))
                        .withFirstBackOff(Duration.ofMillis(500)));
        run = new Run(
                released.orElseThrow(),
                kubelet,
                Helm.locate(testbed.directory().folder("helm"), Progress.console()),
                Files.writeString(testbed.directory().folder("values").resolve("upgrade.yaml"), values(kubelet.node())),
                new SampleConsumer(testbed, kubectl, "upgraded-"),
                client);
    }

    private Run run() {
        Run prepared = run;
        if (prepared == null) {
            throw new IllegalStateException("not prepared");
        }
        return prepared;
    }

    private String values(String node) {
        String common = """
                  replicas: 1
                  nodeSelector: {kubernetes.io/hostname: %s}
                  extraEnv: [{name: QUARKUS_HTTP_HOST, value: $(POD_IP)}]
                """.formatted(node);
        return """
                cluster: testbed
                kafka: {bootstrapServers: "%s"}
                autoscaler:
                %scollector:
                %sengine:
                  advertisedAddress: $(POD_IP):8080
                %s""".formatted(testbed.broker().bootstrapServers(), common, common, common);
    }

    @AfterAll
    void uninstall() {
        if (run == null) {
            return;
        }
        run().consumer().close();
        if (!releases().isEmpty()) {
            helm("uninstall", "tidegate", "--wait");
        }
        run().client().namespaces().withName(NAMESPACE).delete();
        run().kubelet().close();
    }

    @Test
    @Order(1)
    void theReleasedVersionLearns() throws ExecutionException, InterruptedException {
        helm(
                "install",
                "tidegate",
                run().released().chart().toString(),
                "--values",
                run().values().toString(),
                "--wait",
                "--timeout",
                TIMEOUT);
        assertEquals(List.of(VERSION), tags());

        run().consumer().deploy();
        scalesOnce(3_000);
        assertTrue(samples() > 0, run().consumer().status("learnedRate"));
    }

    @Test
    @Order(2)
    void theUpgradeKeepsWhatWasLearnedAndGoesOn() throws ExecutionException, InterruptedException {
        int learned = samples();
        long sequence = Long.parseLong(run().consumer().status("sequence"));
        helm(
                "upgrade",
                "tidegate",
                Helm.chart().toString(),
                "--values",
                run().values().toString(),
                "--set",
                "image.tag=" + ServiceImages.TAG,
                "--wait",
                "--timeout",
                TIMEOUT);
        assertEquals(List.of(ServiceImages.TAG), tags());

        wakesKnowing(learned, sequence);
    }

    @Test
    @Order(3)
    void theRollbackKeepsWhatWasLearnedAndGoesOn() throws ExecutionException, InterruptedException {
        int learned = samples();
        long sequence = Long.parseLong(run().consumer().status("sequence"));
        helm("rollback", "tidegate", "1", "--wait", "--timeout", TIMEOUT);
        assertEquals(List.of(VERSION), tags());
        assertEquals("3", releases().getFirst().path("revision").asText());

        wakesKnowing(learned, sequence);
    }

    /** Two engines, so that for a while one of each version share the partitions out. */
    @Test
    @Order(4)
    void bothVersionsWorkTogetherWhileOneServiceAfterTheOtherIsUpgraded()
            throws ExecutionException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "upgrade",
                "tidegate",
                Helm.chart().toString(),
                "--values",
                run().values().toString(),
                "--wait",
                "--timeout",
                TIMEOUT,
                "--set",
                "engine.replicas=2"));
        for (String part : List.of("engine", "collector", "autoscaler")) {
            int learned = samples();
            long sequence = Long.parseLong(run().consumer().status("sequence"));
            arguments.addAll(List.of("--set", part + ".image.tag=" + ServiceImages.TAG));
            helm(arguments.toArray(String[]::new));
            assertEquals(
                    part.equals("autoscaler") ? Set.of(ServiceImages.TAG) : Set.of(VERSION, ServiceImages.TAG),
                    Set.copyOf(tags()));

            wakesKnowing(learned, sequence);
        }
    }

    /** The first size that the other version decides rests on the rate that was learned before; it learns on from there. */
    private void wakesKnowing(int learned, long sequence) throws ExecutionException, InterruptedException {
        SampleConsumer consumer = run().consumer();
        consumer.produce(2_000);
        await().atMost(SOON).until(() -> consumer.replicas() > 0);
        await().atMost(SOON)
                .until(() -> Long.parseLong(consumer.status("sequence")) > sequence
                        && !consumer.status("desired").equals("0"));
        assertAll(
                () -> assertTrue(samples() >= learned, "learned before: " + learned + ", known: " + samples()),
                () -> assertFalse(
                        consumer.status("sentence").contains("is not known yet"), consumer.status("sentence")));
        consumed();
        assertTrue(samples() >= learned, consumer.status("learnedRate"));
    }

    private void scalesOnce(int records) {
        run().consumer().produce(records);
        await().atMost(SOON).until(() -> run().consumer().replicas() > 0);
        consumed();
    }

    private void consumed() {
        await("all is consumed")
                .atMost(Duration.ofMinutes(2))
                .until(() ->
                        run().consumer().replicas() == 0 && run().consumer().lag() == 0);
    }

    /** Intervals that the rate in the status was measured over; 0 without one. */
    private int samples() {
        String samples = run().consumer().status("learnedRate").replaceAll(".*samples=([0-9]+).*", "$1");
        return samples.matches("[0-9]+") ? Integer.parseInt(samples) : 0;
    }

    /** The tags of the images that the service pods run, each once. */
    private List<String> tags() {
        return run()
                .client()
                .pods()
                .inNamespace(NAMESPACE)
                .withLabel("app.kubernetes.io/instance", "tidegate")
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .map(pod -> pod.getSpec().getContainers().getFirst().getImage().replaceFirst(".*:", ""))
                .distinct()
                .toList();
    }

    private String helm(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--namespace",
                NAMESPACE,
                "--kubeconfig",
                testbed.controlPlane().kubeconfig().toString()));
        return Progress.console()
                .during("helm " + arguments[0], () -> run().helm().run(all.toArray(String[]::new)));
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
}
