package io.tidegate.bench.latency;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tidegate.testbed.Testbed;
import io.tidegate.testbed.process.TestbedException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The workloads and their policies. */
public final class Fleet {

    /** Partitions of each topic, and so the most replicas a workload gets. */
    static final int PARTITIONS = 10;

    private static final int NAMESPACES = 10;

    private final KubernetesClient client;
    private final String bootstrapServers;
    private final List<Workload> workloads;

    private Fleet(KubernetesClient client, String bootstrapServers, List<Workload> workloads) {
        this.client = client;
        this.bootstrapServers = bootstrapServers;
        this.workloads = List.copyOf(workloads);
    }

    /** Creates topics and Deployments of size 0, without policies. */
    public static Fleet create(Testbed testbed, Admin admin, int size) {
        List<Workload> workloads = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            workloads.add(new Workload("bench-" + i % NAMESPACES, "w-" + i));
        }
        Fleet fleet =
                new Fleet(testbed.controlPlane().client(), testbed.broker().bootstrapServers(), workloads);
        fleet.createTopics(admin);
        fleet.createTargets();
        return fleet;
    }

    List<Workload> workloads() {
        return workloads;
    }

    /** Applies one policy a workload. */
    public void applyPolicies() {
        workloads.stream().map(Workload::namespace).distinct().forEach(this::applyConnection);
        workloads.forEach(this::applyPolicy);
    }

    /** The first half of the workloads, whose policies then ask for one replica at least. */
    List<Workload> keepHalfAtOne() {
        List<Workload> half = workloads.subList(0, workloads.size() / 2);
        for (Workload workload : half) {
            policies(workload)
                    .withName(workload.name())
                    .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"replicas\":{\"min\":1}}}");
        }
        return half;
    }

    /** Deletes all policies; the workloads keep their sizes. */
    void deletePolicies() {
        workloads.forEach(
                workload -> policies(workload).withName(workload.name()).delete());
    }

    private NonNamespaceOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            policies(Workload workload) {
        return client.genericKubernetesResources("tidegate.io/v1alpha1", "ScalingPolicy")
                .inNamespace(workload.namespace());
    }

    private void createTopics(Admin admin) {
        List<NewTopic> topics = workloads.stream()
                .map(workload -> new NewTopic(workload.name(), Optional.of(PARTITIONS), Optional.empty()))
                .toList();
        try {
            admin.createTopics(topics).all().get();
        } catch (ExecutionException e) {
            throw new TestbedException("The topics of the workloads could not be created: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("Interrupted while creating topics.", e);
        }
    }

    private void createTargets() {
        workloads.stream()
                .map(Workload::namespace)
                .distinct()
                .forEach(namespace -> client.resource(new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(namespace)
                                .endMetadata()
                                .build())
                        .create());
        for (Workload workload : workloads) {
            apply("""
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: %1$s, namespace: %2$s}
                    spec:
                      replicas: 0
                      selector: {matchLabels: {app: %1$s}}
                      template:
                        metadata: {labels: {app: %1$s}}
                        spec:
                          nodeSelector: {tidegate.io/node: simulated}
                          terminationGracePeriodSeconds: 0
                          containers: [{name: consumer, image: simulated}]
                    """.formatted(workload.name(), workload.namespace()));
        }
    }

    private void applyConnection(String namespace) {
        apply("""
                apiVersion: tidegate.io/v1alpha1
                kind: Connection
                metadata: {name: kafka, namespace: %s}
                spec:
                  kafka: {bootstrapServers: ["%s"]}
                """.formatted(namespace, bootstrapServers));
    }

    /** A threshold of 10 records a replica, no window and no rate limit: the bench measures the path, not the patience. */
    private void applyPolicy(Workload workload) {
        apply("""
                apiVersion: tidegate.io/v1alpha1
                kind: ScalingPolicy
                metadata: {name: %1$s, namespace: %2$s}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: %1$s}
                  replicas: {min: 0, max: 20}
                  signals:
                    - name: lag
                      kafka:
                        connectionRef: kafka
                        consumerGroup: %1$s
                        topics: [%1$s]
                        lagThreshold: 10
                        noCommittedOffset: Earliest
                  behavior:
                    scaleUp: {policies: [{type: Pods, value: 20, periodSeconds: 1}]}
                    scaleDown: {stabilizationWindowSeconds: 0}
                """.formatted(workload.name(), workload.namespace()));
    }

    private void apply(String manifest) {
        GenericKubernetesResource resource = Serialization.unmarshal(
                new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)), GenericKubernetesResource.class);
        client.resource(resource).create();
    }
}
