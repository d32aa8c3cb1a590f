package io.tidegate.testbed.kubelet;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidegate.testbed.controlplane.NodeKind;
import io.tidegate.testbed.process.TestbedException;
import io.tidegate.testbed.process.Waiting;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** The node object of a process kubelet and the lease by which it shows that it lives. */
final class NodeRegistration {
    static final Duration RENEW_PERIOD = Duration.ofSeconds(10);

    private static final System.Logger LOG = System.getLogger(NodeRegistration.class.getName());
    private static final int ALREADY_EXISTS = 409;
    private static final String LEASE_NAMESPACE = "kube-node-lease";

    private final KubernetesClient client;
    private final KubeletOptions options;
    private boolean registered;

    NodeRegistration(KubernetesClient client, KubeletOptions options) {
        this.client = client;
        this.options = options;
    }

    /** Creates node and lease, and returns when pods can be scheduled on the node. */
    void register() {
        try {
            client.nodes().resource(node()).create();
            registered = true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == ALREADY_EXISTS) {
                throw new TestbedException(
                        "The cluster has a node " + options.node() + " already; another testbed may be using it.", e);
            }
            throw e;
        }
        Waiting.until(
                this::renew, Duration.ofMillis(50), Duration.ofSeconds(30), "The namespace of node leases is missing");
        Waiting.until(
                () -> client.nodes()
                        .withName(options.node())
                        .get()
                        .getSpec()
                        .getTaints()
                        .isEmpty(),
                Duration.ofMillis(25),
                Duration.ofSeconds(30),
                "The node " + options.node() + " was not accepted");
    }

    /** Renews the lease, and the condition of a node that was called lost; false when that failed. */
    boolean renew() {
        try {
            renewLease();
            client.nodes()
                    .withName(options.node())
                    .editStatus(node -> isReady(node)
                            ? node
                            : new NodeBuilder(node)
                                    .editStatus()
                                    .withConditions(ready())
                                    .endStatus()
                                    .build());
            return true;
        } catch (KubernetesClientException e) {
            LOG.log(Level.DEBUG, "Cannot renew the lease of node " + options.node(), e);
            return false;
        }
    }

    private static boolean isReady(Node node) {
        return node.getStatus().getConditions().stream()
                .allMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
    }

    private void renewLease() {
        client.leases()
                .inNamespace(LEASE_NAMESPACE)
                .resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withNamespace(LEASE_NAMESPACE)
                        .withName(options.node())
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity(options.node())
                        .withLeaseDurationSeconds(40)
                        .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                        .endSpec()
                        .build())
                .forceConflicts()
                .serverSideApply();
    }

    /** Removes what {@link #register} made. */
    void remove() {
        if (!registered) {
            return;
        }
        try {
            client.nodes().withName(options.node()).delete();
            client.leases()
                    .inNamespace(LEASE_NAMESPACE)
                    .withName(options.node())
                    .delete();
        } catch (KubernetesClientException e) {
            LOG.log(Level.DEBUG, "Cannot remove node " + options.node(), e);
        }
    }

    private Node node() {
        Map<String, Quantity> capacity = Map.of(
                "cpu", new Quantity(Integer.toString(options.cpus())),
                "memory", new Quantity(options.memoryGibibytes() + "Gi"),
                "pods", new Quantity("500"));
        return new NodeBuilder()
                .withNewMetadata()
                .withName(options.node())
                .addToLabels(NodeKind.LABEL, NodeKind.PROCESS.value())
                .addToLabels("kubernetes.io/hostname", options.node())
                .endMetadata()
                .withNewStatus()
                .withCapacity(capacity)
                .withAllocatable(capacity)
                .addNewAddress("127.0.0.1", "InternalIP")
                .addToConditions(ready())
                .withNewNodeInfo()
                .withKubeletVersion("process-kubelet")
                .withContainerRuntimeVersion("process://1")
                .withOperatingSystem("linux")
                .withArchitecture(System.getProperty("os.arch"))
                .withKernelVersion("")
                .withOsImage("")
                .withMachineID("")
                .withSystemUUID("")
                .withBootID("")
                .withKubeProxyVersion("")
                .endNodeInfo()
                .endStatus()
                .build();
    }

    private static NodeCondition ready() {
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        return new NodeConditionBuilder()
                .withType("Ready")
                .withStatus("True")
                .withReason("KubeletReady")
                .withMessage("the process kubelet runs")
                .withLastHeartbeatTime(now)
                .withLastTransitionTime(now)
                .build();
    }
}
