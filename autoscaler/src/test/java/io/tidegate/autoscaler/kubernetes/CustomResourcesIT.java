package io.tidegate.autoscaler.kubernetes;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidegate.autoscaler.testing.Cluster;
import io.tidegate.autoscaler.testing.Kubectl;
import io.tidegate.autoscaler.testing.ResourceCase;
import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the real API server says of policies, connections and profiles, good and bad. */
@OnTestbed
class CustomResourcesIT {

    private final KubernetesClient client;
    private final String namespace;
    private final Kubectl kubectl;
    private final Path folder;

    CustomResourcesIT(SharedTestbed testbed, Isolation isolation) {
        this.client = testbed.controlPlane().client();
        Cluster.install(client);
        this.namespace = isolation.namespace();
        this.kubectl = new Kubectl(testbed.controlPlane(), namespace);
        this.folder = testbed.directory().folder("custom-resources-it");
    }

    @TestFactory
    Stream<DynamicTest> answersEachCaseOfTheTable() {
        return ResourceCase.table().stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.name(), () -> assertEquals(each.says(), answer(each), each.manifest())));
    }

    /** What the API server says of an object, as kubectl reads its file. */
    private Set<String> answer(ResourceCase each) {
        String json = kubectl.run(
                "create",
                "--dry-run=client",
                "--validate=false",
                "--output=json",
                "--filename",
                write(each.manifest()).toString());
        try {
            client.raw(each.path(namespace) + "?dryRun=All&fieldValidation=Strict", "POST", json);
            return Set.of();
        } catch (KubernetesClientException refused) {
            return ResourceCase.said(refused.getStatus());
        }
    }

    @Test
    void fillsInWhatIsNotSaid() {
        apply("""
                apiVersion: tidegate.io/v1alpha1
                kind: ScalingPolicy
                metadata: {name: policy}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: x}
                  mode: Enforce
                  signals: [{name: lag, kafka: {connectionRef: c, consumerGroup: g, topics: [t]}}]
                """);
        assertEquals(
                "{\"mode\":\"Enforce\",\"scaleTargetRef\":{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"name\":\"x\"},"
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
        assertAll(said.stream()
                .map(words -> () -> assertTrue(words.lines().allMatch(line -> line.contains("created")), words)));
        assertEquals(12, said.size());
    }

    @Test
    void fillsInWhatIsNotSaidOfASparkApplication() {
        apply("""
                apiVersion: tidegate.io/v1alpha1
                kind: ScalingPolicy
                metadata: {name: nightly}
                spec:
                  selector: {matchLabels: {pipeline: nightly}}
                  executors: {max: 9}
                  spark: {query: q}
                """);
        assertEquals(
                "{\"executors\":{\"max\":9,\"min\":0},\"selector\":{\"matchLabels\":{\"pipeline\":\"nightly\"}},"
                        + "\"spark\":{\"allowStageRetry\":false,\"query\":\"q\"}}",
                kubectl.run("get", "sp", "nightly", "-o", "jsonpath={.spec}"));
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
