package io.tidegate.testbed.controlplane;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.testbed.process.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Nodes that kwok plays: pods on them become ready at once and run nothing. */
final class SimulatedNodes {
    private static final Map<String, Quantity> CAPACITY =
            Map.of("cpu", new Quantity("4000"), "memory", new Quantity("16Ti"), "pods", new Quantity("10000"));

    private final KubernetesClient client;
    private final List<String> created = new ArrayList<>();

    SimulatedNodes(KubernetesClient client) {
        this.client = client;
    }

    /** Creates the nodes and waits until pods can be scheduled on them. */
    void create(int count) {
        for (int i = 0; i < count; i++) {
            String name = "simulated-" + i;
            if (client.nodes().withName(name).get() == null) {
                client.nodes().resource(node(name)).create();
                created.add(name);
            }
        }
        Waiting.until(
                () -> usable() >= count,
                Duration.ofMillis(50),
                Duration.ofSeconds(60),
                "The " + count + " simulated nodes did not become ready");
    }

    /** Removes those that {@link #create} made. */
    void remove() {
        created.forEach(name -> client.nodes().withName(name).delete());
        created.clear();
    }

    private long usable() {
        return client.nodes().withLabel(NodeKind.LABEL, NodeKind.SIMULATED.value()).list().getItems().stream()
                .filter(node -> node.getSpec().getTaints().isEmpty() && isReady(node))
                .count();
    }

    private static boolean isReady(Node node) {
        return node.getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
    }

    private static Node node(String name) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels(NodeKind.LABEL, NodeKind.SIMULATED.value())
                .addToLabels("kubernetes.io/hostname", name)
                .endMetadata()
                .withNewStatus()
                .withCapacity(CAPACITY)
                .withAllocatable(CAPACITY)
                .addAllToAddresses(List.of())
                .endStatus()
                .build();
    }
}
