package io.tidegate.testbed.spark;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The custom resources of both Spark operators. No operator acts on them: what becomes of an object, such as its status and the pods
 * of its runs, is up to the test.
 */
public final class SparkOperators {

    private static final List<String> MANIFESTS = List.of("operators/kubeflow.yaml", "operators/apache.yaml");
    private static final long WAIT_SECONDS = 30;

    private SparkOperators() {}

    /** Installs the resources, and waits until they are served. */
    public static void install(KubernetesClient client) {
        for (String manifest : MANIFESTS) {
            List<HasMetadata> definitions = load(client, manifest);
            definitions.forEach(
                    definition -> client.resource(definition).forceConflicts().serverSideApply());
            definitions.forEach(definition -> client.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .withName(definition.getMetadata().getName())
                    .waitUntilCondition(SparkOperators::isServed, WAIT_SECONDS, TimeUnit.SECONDS));
        }
    }

    private static List<HasMetadata> load(KubernetesClient client, String manifest) {
        try (InputStream content =
                Objects.requireNonNull(SparkOperators.class.getResourceAsStream(manifest), manifest)) {
            return client.load(content).items();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isServed(CustomResourceDefinition definition) {
        return definition != null
                && definition.getStatus() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }
}
