package io.tidegate.it.hostile;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Annotations that are read, and answers of a Prometheus. Each costs its own workload a reason, and nobody else anything. */
@OnTestbed
@Tag("faults")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileAnnotationsIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String DRIVER = "hostile";
    /** Stands for a status: the server need not wait for all of what it refuses. */
    private static final int CUT_OFF = 0;

    private final HostileScene scene;
    private final Drivers drivers;
    private final HostilePrometheus prometheus = new HostilePrometheus();
    private int next;

    HostileAnnotationsIT(SharedTestbed testbed, Isolation isolation) throws ExecutionException, InterruptedException {
        this.scene = new HostileScene(testbed, isolation);
        this.drivers = scene.drivers();
        drivers.policy(DRIVER);
        drivers.create(DRIVER, Map.of(Drivers.ANSWER, Drivers.GOOD_ANSWER));
        isTold(drivers, DRIVER);
        apply("""
                apiVersion: tidegate.io/v1alpha1
                kind: Connection
                metadata: {name: hostile, namespace: %s}
                spec: {prometheus: {url: "%s"}}
                """.formatted(drivers.namespace(), prometheus.address()));
        apply("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: asking, namespace: %s}
                spec:
                  replicas: 2
                  selector: {matchLabels: {app: asking}}
                  template:
                    metadata: {labels: {app: asking}}
                    spec:
                      nodeSelector: {tidegate.io/node: simulated}
                      containers: [{name: worker, image: simulated}]
                """.formatted(drivers.namespace()));
        apply("""
                apiVersion: tidegate.io/v1alpha1
                kind: ScalingPolicy
                metadata: {name: asking, namespace: %s}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: asking}
                  replicas: {min: 1, max: 20}
                  signals: [{name: load, prometheus: {connectionRef: hostile, query: work, averageValue: 1}}]
                  behavior: {scaleDown: {stabilizationWindowSeconds: 0}}
                """.formatted(drivers.namespace()));
    }

    @AfterAll
    void close() {
        try {
            scene.assertNothingGotThrough();
        } finally {
            prometheus.close();
            scene.close();
        }
    }

    static Stream<Annotations.Case> ofDrivers() {
        return Annotations.ofDrivers();
    }

    static Stream<Annotations.Case> ofDesired() {
        return Annotations.ofDesired();
    }

    static Stream<Annotations.Case> ofNamespaces() {
        return Annotations.ofNamespaces();
    }

    static Stream<HostilePrometheus.Case> answers() {
        return HostilePrometheus.all();
    }

    @ParameterizedTest
    @MethodSource("ofDrivers")
    void saysWhichAnnotationOfADriverCantBeRead(Annotations.Case hostile)
            throws ExecutionException, InterruptedException {
        String told = scene.unmoved(() -> {
            drivers.annotate(DRIVER, hostile.annotation(), hostile.value());
            return says(hostile.words(), true);
        });
        assertTrue(told.length() < 8_000, told);
        if (hostile.annotation().equals(Drivers.ANSWER)) {
            drivers.annotate(DRIVER, Drivers.ANSWER, Drivers.GOOD_ANSWER);
        } else {
            drivers.unannotate(DRIVER, hostile.annotation());
        }
        says(hostile.words(), false);
    }

    private String says(String words, boolean whether) {
        return await(words).atMost(SOON).until(() -> drivers.told(DRIVER), told -> told.contains(words) == whether);
    }

    @ParameterizedTest
    @MethodSource("ofDesired")
    void writesOverADesiredNumberThatMakesNoSense(Annotations.Case hostile)
            throws ExecutionException, InterruptedException {
        String name = "desired-" + next++;
        scene.unmoved(() -> {
            drivers.policy(name);
            drivers.create(name, Map.of(Drivers.DESIRED, hostile.value(), Drivers.ANSWER, Drivers.GOOD_ANSWER));
            return isTold(drivers, name);
        });
        drivers.delete(name);
    }

    @Test
    void aDesiredNumberFromTheFutureIsLeftAlone() throws ExecutionException, InterruptedException {
        String highest = "{\"version\":1,\"sequence\":9223372036854775807,\"decisionId\":\"d\\n" + "x".repeat(250)
                + "\",\"floor\":0,\"cap\":1,\"allowStageRetry\":false}";
        String words = "the driver was told sequence 9223372036854775807 of decision d?" + "x".repeat(38)
                + "..., which is not older";
        scene.unmoved(() -> {
            drivers.policy("future");
            drivers.create("future", Map.of(Drivers.DESIRED, highest, Drivers.ANSWER, Drivers.GOOD_ANSWER));
            return await().atMost(SOON).until(() -> scene.told(words), told -> !told.isEmpty());
        });
        assertEquals(highest, drivers.annotation("future", Drivers.DESIRED));
    }

    @Test
    void aDriverOfAnotherNamespaceIsNobodysHere() throws ExecutionException, InterruptedException {
        String none = "no driver runs";
        scene.unmoved(() -> {
            drivers.policy("lonely");
            scene.foreign().create("lonely", Map.of(Drivers.ANSWER, Drivers.GOOD_ANSWER));
            return await().atMost(SOON).until(() -> drivers.told("lonely"), told -> told.contains(none));
        });
        await().during(Duration.ofSeconds(2))
                .atMost(SOON)
                .until(() -> drivers.told("lonely").contains(none));
        assertEquals("", scene.foreign().annotation("lonely", Drivers.DESIRED));
    }

    @ParameterizedTest
    @MethodSource("ofNamespaces")
    void saysThatANamespaceNamesNoProfile(Annotations.Case hostile) throws ExecutionException, InterruptedException {
        Drivers foreign = scene.foreign();
        foreign.policy("inherits");
        await().atMost(SOON).until(() -> foreign.told("inherits"), told -> told.contains("no driver runs"));
        String told = scene.unmoved(() -> {
            annotate(foreign.namespace(), hostile);
            return await(hostile.words())
                    .atMost(SOON)
                    .until(() -> foreign.told("inherits"), text -> text.contains(hostile.words()));
        });
        assertTrue(told.length() < 8_000 && told.contains("which does not exist"), told);
        scene.client()
                .namespaces()
                .withName(foreign.namespace())
                .edit(namespace -> new NamespaceBuilder(namespace)
                        .editMetadata()
                        .removeFromAnnotations(hostile.annotation())
                        .endMetadata()
                        .build());
        await().atMost(SOON).until(() -> foreign.told("inherits"), text -> !text.contains("which does not exist"));
    }

    private void annotate(String name, Annotations.Case hostile) {
        scene.client()
                .namespaces()
                .withName(name)
                .edit(namespace -> new NamespaceBuilder(namespace)
                        .editMetadata()
                        .addToAnnotations(hostile.annotation(), hostile.value())
                        .endMetadata()
                        .build());
    }

    @Test
    void theApiServerTakesNoAnnotationThatIsTooLong() throws ExecutionException, InterruptedException {
        assertEquals(422, scene.unmoved(() -> post("long", json -> json.replace("VALUE", "x".repeat(300_000)))));
        int status = scene.unmoved(() -> post("long", json -> json.replace("VALUE", "x".repeat(10_000_000))));
        assertTrue(status == 413 || status == CUT_OFF, () -> "answered with " + status);
        assertEquals(null, pod("long"));
    }

    @Test
    void theApiServerTakesNoAnnotationOfAnotherType() throws ExecutionException, InterruptedException {
        for (String value : new String[] {"7", "NaN", "[1]", "{\"a\":1}"}) {
            assertEquals(400, scene.unmoved(() -> post("typed", json -> json.replace("\"VALUE\"", value))), value);
        }
        assertEquals(null, pod("typed"));
    }

    @Test
    void theApiServerLeavesNothingOfBytesThatAreNotUtf8() throws ExecutionException, InterruptedException {
        assertEquals(201, scene.unmoved(() -> post("bytes", json -> json.replace("VALUE", "a\u00ff\u00feb"))));
        assertEquals("a\ufffd\ufffdb", drivers.annotation("bytes", Drivers.ANSWER));
    }

    /** Creates a pod by bytes, each a character of a text; gives the status, or {@link #CUT_OFF}. */
    private int post(String name, UnaryOperator<String> change) {
        String json = Serialization.asJson(Drivers.pod(drivers.namespace(), name, Map.of(Drivers.ANSWER, "VALUE")));
        byte[] bytes = change.apply(json).getBytes(StandardCharsets.ISO_8859_1);
        String path = "api/v1/namespaces/" + drivers.namespace() + "/pods";
        Config once = new ConfigBuilder(scene.testbed().controlPlane().clientConfig())
                .withRequestRetryBackoffLimit(0)
                .build();
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(once).build()) {
            return client.getHttpClient()
                    .sendAsync(
                            client.getHttpClient()
                                    .newHttpRequestBuilder()
                                    .uri(client.getMasterUrl() + path)
                                    .post("application/json", bytes)
                                    .build(),
                            String.class)
                    .thenApply(HttpResponse::code)
                    .exceptionally(failure -> CUT_OFF)
                    .join();
        }
    }

    private @Nullable Pod pod(String name) {
        return scene.client()
                .pods()
                .inNamespace(drivers.namespace())
                .withName(name)
                .get();
    }

    @ParameterizedTest
    @MethodSource("answers")
    void holdsTheSizeWhileAPrometheusAnswersWithoutSense(HostilePrometheus.Case hostile)
            throws ExecutionException, InterruptedException {
        prometheus.playGood("3");
        await().atMost(SOON).until(() -> replicas() == 3);
        String told = scene.unmoved(() -> {
            prometheus.play(hostile);
            return await(hostile.words())
                    .atMost(SOON)
                    .until(() -> drivers.told("asking"), text -> text.contains(hostile.words()));
        });
        assertTrue(told.length() < 8_000, told);
        assertEquals(3, replicas());
        assertEquals(0, prometheus.calledElsewhere());
        prometheus.playGood("4");
        await().atMost(SOON).until(() -> replicas() == 4);
    }

    private int replicas() {
        return scene.client()
                .apps()
                .deployments()
                .inNamespace(drivers.namespace())
                .withName("asking")
                .require()
                .getSpec()
                .getReplicas();
    }

    private static boolean isTold(Drivers drivers, String name) {
        await(name)
                .atMost(SOON)
                .until(() -> drivers.annotation(name, Drivers.DESIRED).contains("\"cap\":2"));
        assertFalse(drivers.annotation(name, Drivers.DESIRED).contains(SparkBodies.CANARY));
        return true;
    }

    private void apply(String manifest) {
        scene.client()
                .resource(Serialization.unmarshal(manifest, GenericKubernetesResource.class))
                .forceConflicts()
                .serverSideApply();
    }
}
