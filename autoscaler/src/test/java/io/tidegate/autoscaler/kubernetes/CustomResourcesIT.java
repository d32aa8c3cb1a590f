package io.tidegate.autoscaler.kubernetes;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.autoscaler.testing.Cluster;
import io.tidegate.autoscaler.testing.Kubectl;
import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the real API server says of policies and connections, good and bad. */
@OnTestbed
class CustomResourcesIT {

    private static final String GOOD_SIGNAL = "{name: lag, kafka: {connectionRef: c, consumerGroup: g, topics: [t]}}";
    private static final String MIN_ABOVE_MAX =
            "replicas.min must not be greater than replicas.max, which is 10 if it is not given";
    private static final String NOT_A_DURATION =
            "objective.maxLatency must be a duration such as 10s, 1m30s or 1s500ms";

    private final Kubectl kubectl;
    private final Path folder;

    CustomResourcesIT(SharedTestbed testbed, Isolation isolation) {
        Cluster.install(testbed.controlPlane().client());
        this.kubectl = new Kubectl(testbed.controlPlane(), isolation.namespace());
        this.folder = testbed.directory().folder("custom-resources-it");
    }

    record Case(String name, String spec, String message) {}

    @TestFactory
    Stream<DynamicTest> refusesBadPoliciesInWordsThatPeopleUnderstand() {
        return Stream.of(
                        new Case("min above max", "replicas: {min: 5, max: 3}", MIN_ABOVE_MAX),
                        new Case("min above the default max", "replicas: {min: 20}", MIN_ABOVE_MAX),
                        new Case("max zero", "replicas: {max: 0}", "should be greater than or equal to 1"),
                        new Case("min negative", "replicas: {min: -1}", "should be greater than or equal to 0"),
                        new Case("no signals", "signals: []", "should have at least 1 items"),
                        new Case(
                                "no kind",
                                "signals: [{name: lag}]",
                                "a signal needs exactly one kind; this version knows kafka"),
                        new Case(
                                "the same signal twice",
                                "signals: [" + GOOD_SIGNAL + ", " + GOOD_SIGNAL + "]",
                                "Duplicate value: {\"name\":\"lag\"}"),
                        new Case(
                                "threshold with objective",
                                "objective: {maxLatency: 10s}\n"
                                        + "  signals: [{name: lag, kafka: {connectionRef: c, consumerGroup: g, topics: [t], lagThreshold: 5}}]",
                                "kafka.lagThreshold is used only without an objective"),
                        new Case(
                                "latency too short",
                                "objective: {maxLatency: 500ms}",
                                "objective.maxLatency must be at least 1s"),
                        new Case("latency no duration", "objective: {maxLatency: soon}", NOT_A_DURATION),
                        new Case("latency empty", "objective: {maxLatency: ''}", NOT_A_DURATION),
                        new Case(
                                "percentile",
                                "objective: {maxLatency: 1s, percentile: 101}",
                                "should be less than or equal to 100"),
                        new Case(
                                "fallback out of bounds",
                                "fallback: {after: 3m, replicas: 11}",
                                "fallback.replicas must lie within replicas.min and replicas.max"),
                        new Case(
                                "fallback at once",
                                "fallback: {after: 0s, replicas: 5}",
                                "fallback.after must be at least 1s"),
                        new Case(
                                "no rate limits",
                                "behavior: {scaleUp: {policies: []}}",
                                "should have at least 1 items"),
                        new Case(
                                "window too long",
                                "behavior: {scaleDown: {stabilizationWindowSeconds: 3601}}",
                                "should be less than or equal to 3600"),
                        new Case("unknown field", "executors: {min: 2}", "unknown field \"spec.executors\""),
                        new Case("unknown mode", "mode: Sometimes", "Unsupported value: \"Sometimes\""))
                .map(bad -> DynamicTest.dynamicTest(bad.name(), () -> {
                    String said = create(policy(bad.spec()));
                    assertTrue(said.contains(bad.message()), said);
                }));
    }

    @TestFactory
    Stream<DynamicTest> acceptsGoodPolicies() {
        return Stream.of(
                        "mode: Paused",
                        "replicas: {min: 0, max: 1}",
                        "objective: {maxLatency: 1h2m3s4ms, percentile: 1}",
                        "fallback: {after: 1s, replicas: 10}",
                        "behavior: {scaleUp: {selectPolicy: Disabled, tolerance: 0.05}, scaleDown: {policies: [{type: Percent, value: 10, periodSeconds: 1800}]}}")
                .map(good -> DynamicTest.dynamicTest(good, () -> {
                    String said = create(policy(good));
                    assertTrue(said.contains("created"), said);
                }));
    }

    @Test
    void fillsInWhatIsNotSaid() {
        apply(policy("mode: Enforce"));
        assertEquals(
                "{\"mode\":\"Enforce\",\"replicas\":{\"max\":10,\"min\":0},\"scaleTargetRef\":{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"name\":\"x\"},"
                        + "\"signals\":[{\"kafka\":{\"activation\":0,\"allowIdleConsumers\":false,\"connectionRef\":\"c\",\"consumerGroup\":\"g\","
                        + "\"noCommittedOffset\":\"Latest\",\"topics\":[\"t\"],\"wake\":\"Fetch\"},\"name\":\"lag\"}]}",
                kubectl.run("get", "sp", "policy", "-o", "jsonpath={.spec}"));
    }

    @Test
    void acceptsTheExamples() {
        List<String> said = examples()
                .map(example -> kubectl.run(
                        "create",
                        "--dry-run=server",
                        "-n",
                        "default",
                        "-f",
                        renamed(example).toString()))
                .toList();
        assertAll(said.stream().map(words -> () -> assertTrue(words.contains("created"), words)));
        assertEquals(3, said.size());
    }

    @Test
    void refusesAConnectionWithoutBrokersOrWithBadOnes() {
        String none = create(connection("{}"));
        String bad = create(connection("{kafka: {bootstrapServers: ['kafka:9092,other:9092']}}"));
        String good = create(connection("{kafka: {bootstrapServers: ['kafka:9092', '[::1]:9093']}}"));
        assertAll(
                () -> assertTrue(none.contains("a connection needs exactly one kind; this version knows kafka"), none),
                () -> assertTrue(bad.contains("should match"), bad),
                () -> assertTrue(good.contains("created"), good));
    }

    private static String policy(String spec) {
        String signals = spec.contains("signals:") ? "" : "\n  signals: [" + GOOD_SIGNAL + "]";
        return "apiVersion: tidegate.io/v1alpha1\nkind: ScalingPolicy\nmetadata: {name: policy}\nspec:\n"
                + "  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: x}\n  " + spec + signals + "\n";
    }

    private static String connection(String spec) {
        return "apiVersion: tidegate.io/v1alpha1\nkind: Connection\nmetadata: {name: connection}\nspec: " + spec + "\n";
    }

    private String create(String manifest) {
        return kubectl.run("create", "--dry-run=server", "-f", write(manifest).toString());
    }

    private void apply(String manifest) {
        String said = kubectl.run("apply", "-f", write(manifest).toString());
        assertTrue(said.contains("created"), said);
    }

    private Path write(String manifest) {
        try {
            return Files.writeString(Files.createTempFile(folder, "manifest", ".yaml"), manifest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An example in a namespace that is there. */
    private Path renamed(Path example) {
        try {
            return write(Files.readString(example).replace("namespace: sales", "namespace: default"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> examples() {
        try (Stream<Path> files = Files.list(TestbedHome.root().resolve("k8s/examples"))) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
