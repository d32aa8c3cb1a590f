package io.tidegate.testbed.controlplane;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;

/** Kubernetes clients of the testbed. */
final class Clients {
    private static final String POD_METRICS = "pods.metrics.k8s.io";

    private Clients() {}

    /** The configuration of a token's holder; takes nothing from the environment. */
    static Config configuration(String server, Path authority, String token) {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(server)
                .withCaCertFile(authority.toString())
                .withOauthToken(token)
                .withNamespace("default")
                .withRequestRetryBackoffLimit(0)
                .build();
    }

    static KubernetesClient client(Config configuration) {
        return new KubernetesClientBuilder()
                .withHttpClientFactory(new JdkHttpClientFactory())
                .withConfig(configuration)
                .build();
    }

    /** True when the server says that it is ready; any failure means that it is not yet. */
    static boolean isReady(KubernetesClient client) {
        try {
            return "ok".equals(client.raw("/readyz"));
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    /** Makes pods' usage writable as plain objects, unless the cluster has a metrics API already. */
    static void ensurePodMetrics(KubernetesClient client) {
        if (client.hasApiGroup("metrics.k8s.io", true)) {
            return;
        }
        try (InputStream yaml = Objects.requireNonNull(
                Clients.class.getResourceAsStream("pod-metrics-crd.yaml"),
                "no pod-metrics-crd.yaml on the class path")) {
            CustomResourceDefinition definition = client.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .load(yaml)
                    .item();
            client.resource(definition).create();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean servesPodMetrics(KubernetesClient client) {
        CustomResourceDefinition definition = client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(POD_METRICS)
                .get();
        return definition == null
                || (definition.getStatus() != null
                        && definition.getStatus().getConditions().stream()
                                .anyMatch(condition -> condition.getType().equals("Established")
                                        && condition.getStatus().equals("True")));
    }
}
