package io.tidegate.autoscaler.testing;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.tidegate.testbed.controlplane.ControlPlane;
import io.tidegate.testbed.files.TestbedHome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The real control plane with the custom resources and rights as shipped. */
public final class Cluster {

    private static final String NAMESPACE = "tidegate";

    private Cluster() {}

    /** Applies k8s/crds and k8s/rbac, and waits until the kinds are served. */
    public static void install(KubernetesClient client) {
        for (Path crd : manifests("k8s/crds")) {
            load(client, crd);
        }
        client.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
                .filter(crd -> crd.getSpec().getGroup().equals("tidegate.io"))
                .forEach(crd -> client.resource(crd).waitUntilCondition(Cluster::isEstablished, 30, TimeUnit.SECONDS));
        load(client, TestbedHome.root().resolve("k8s/rbac/namespace.yaml"));
        manifests("k8s/rbac").forEach(manifest -> load(client, manifest));
    }

    /** A client with the rights of one of the three service accounts only. */
    public static KubernetesClient as(ControlPlane controlPlane, String serviceAccount, Path folder) {
        try {
            Path kubeconfig = controlPlane
                    .serviceAccounts()
                    .kubeconfig(NAMESPACE, serviceAccount, folder.resolve(serviceAccount));
            Config config = Config.fromKubeconfig(Files.readString(kubeconfig));
            config.setRequestRetryBackoffLimit(0);
            return new KubernetesClientBuilder().withConfig(config).build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A Deployment whose pods nobody needs to run. */
    public static void deployment(KubernetesClient client, String namespace, String name, int replicas) {
        Map<String, String> labels = Map.of("app", name);
        Deployment deployment = new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
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
                .addNewContainer()
                .withName("main")
                .withImage("none")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
        client.resource(deployment).create();
    }

    /** Size of a Deployment. */
    public static int size(KubernetesClient client, String namespace, String name) {
        Integer replicas = client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(name)
                .require()
                .getSpec()
                .getReplicas();
        return replicas == null ? 0 : replicas;
    }

    private static boolean isEstablished(CustomResourceDefinition crd) {
        return crd.getStatus() != null
                && crd.getStatus().getConditions() != null
                && crd.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }

    private static List<Path> manifests(String folder) {
        try (Stream<Path> files = Files.list(TestbedHome.root().resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void load(KubernetesClient client, Path manifest) {
        try (InputStream content = Files.newInputStream(manifest)) {
            client.load(content).serverSideApply();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
