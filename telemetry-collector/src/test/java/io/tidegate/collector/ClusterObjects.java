package io.tidegate.collector;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tidegate.testbed.files.TestbedHome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Objects of one namespace.
 *
 * @param topic topic, and consumer group, of its policies
 */
record ClusterObjects(KubernetesClient client, String namespace, String topic) {

    private static final ResourceDefinitionContext POD_METRICS = new ResourceDefinitionContext.Builder()
            .withGroup("metrics.k8s.io")
            .withVersion("v1beta1")
            .withKind("PodMetrics")
            .withPlural("pods")
            .withNamespaced(true)
            .build();

    /** Installs what the collector needs: kinds, service account and rights. */
    void install() throws IOException {
        for (String file : List.of(
                "k8s/crds/connections.yaml",
                "k8s/crds/scalingpolicies.yaml",
                "k8s/crds/scalingprofiles.yaml",
                "k8s/rbac/namespace.yaml",
                "k8s/rbac/collector.yaml")) {
            try (InputStream content = Files.newInputStream(TestbedHome.root().resolve(file))) {
                client.load(content).serverSideApply().forEach(this::awaitEstablished);
            }
        }
    }

    void connection(String bootstrapServers) {
        apply("""
                apiVersion: tidegate.io/v1alpha1
                kind: Connection
                metadata: {name: kafka, namespace: %s}
                spec: {kafka: {bootstrapServers: ["%s"]}}
                """.formatted(namespace, bootstrapServers));
    }

    void policy(String name) {
        policy(name, "apps/v1", "Deployment");
    }

    void policy(String name, String apiVersion, String kind) {
        apply("""
                apiVersion: tidegate.io/v1alpha1
                kind: ScalingPolicy
                metadata: {name: %1$s, namespace: %2$s}
                spec:
                  scaleTargetRef: {apiVersion: %4$s, kind: %5$s, name: %1$s}
                  signals:
                    - name: lag
                      kafka: {connectionRef: kafka, consumerGroup: %3$s, topics: [%3$s], noCommittedOffset: Earliest}
                """.formatted(name, namespace, topic, apiVersion, kind));
    }

    /** A profile with this spec. */
    void profile(String name, String spec) {
        apply("""
                apiVersion: tidegate.io/v1alpha1
                kind: ScalingProfile
                metadata: {name: %s}
                spec: %s
                """.formatted(name, spec));
    }

    void deleteProfile(String name) {
        client.genericKubernetesResources("tidegate.io/v1alpha1", "ScalingProfile")
                .withName(name)
                .delete();
    }

    /** Gives the namespace a profile. */
    void annotateNamespace(String profile) {
        client.namespaces()
                .withName(namespace)
                .edit(found -> new NamespaceBuilder(found)
                        .editMetadata()
                        .addToAnnotations("tidegate.io/default-profile", profile)
                        .endMetadata()
                        .build());
    }

    /** A policy that names a profile. */
    void inheritingPolicy(String name, String profile) {
        apply("""
                apiVersion: tidegate.io/v1alpha1
                kind: ScalingPolicy
                metadata: {name: %1$s, namespace: %2$s}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: %1$s}
                  profileRef: %4$s
                  signals:
                    - {name: lag, kafka: {connectionRef: kafka, consumerGroup: %3$s, topics: [%3$s]}}
                """.formatted(name, namespace, topic, profile));
    }

    /** A policy that has only a resource signal. */
    void resourcePolicy(String name) {
        apply("""
                apiVersion: tidegate.io/v1alpha1
                kind: ScalingPolicy
                metadata: {name: %1$s, namespace: %2$s}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: %1$s}
                  replicas: {min: 1}
                  signals:
                    - {name: cpu, resource: {name: cpu, averageUtilization: 70}}
                """.formatted(name, namespace));
    }

    void deletePolicy(String name) {
        client.genericKubernetesResources("tidegate.io/v1alpha1", "ScalingPolicy")
                .inNamespace(namespace)
                .withName(name)
                .delete();
    }

    void deployment(String name, int replicas) {
        apply("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s, namespace: %2$s}
                spec:
                  replicas: %3$d
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec:
                      nodeSelector: {tidegate.io/node: simulated}
                      containers:
                        - {name: consumer, image: simulated, resources: {requests: {cpu: 500m, memory: 128Mi}}}
                """.formatted(name, namespace, replicas));
    }

    /** Says what the first pod of an app uses; returns its name. */
    String usage(String app, String cpu) {
        String pod = client.pods().inNamespace(namespace).withLabel("app", app).list().getItems().stream()
                .map(each -> each.getMetadata().getName())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        // Not by its class, which writes another form of the window.
        GenericKubernetesResource metrics =
                Serialization.unmarshal("""
                apiVersion: metrics.k8s.io/v1beta1
                kind: PodMetrics
                metadata: {name: %s, namespace: %s}
                timestamp: "2026-11-20T10:00:00Z"
                window: 15s
                containers: [{name: consumer, usage: {cpu: "%s", memory: 64Mi}}]
                """.formatted(pod, namespace, cpu), GenericKubernetesResource.class);
        client.genericKubernetesResources(POD_METRICS)
                .inNamespace(namespace)
                .resource(metrics)
                .serverSideApply();
        return pod;
    }

    /** Applies objects, and waits for kinds among them to be served. */
    void apply(String yaml) {
        client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .serverSideApply()
                .forEach(this::awaitEstablished);
    }

    private void awaitEstablished(HasMetadata resource) {
        if (resource instanceof CustomResourceDefinition crd) {
            client.resource(crd)
                    .waitUntilCondition(
                            current -> current.getStatus() != null
                                    && current.getStatus().getConditions() != null
                                    && current.getStatus().getConditions().stream()
                                            .anyMatch(condition -> condition
                                                            .getType()
                                                            .equals("Established")
                                                    && condition.getStatus().equals("True")),
                            30,
                            TimeUnit.SECONDS);
        }
    }
}
