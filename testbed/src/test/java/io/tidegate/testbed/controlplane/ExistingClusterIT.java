package io.tidegate.testbed.controlplane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fabric8.kubernetes.api.model.Node;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

@OnTestbed
class ExistingClusterIT {

    @Test
    void addsItsNodesToTheClusterAndRemovesNoOthers(SharedTestbed testbed, ControlPlane plane, Isolation isolation) {
        Path folder = testbed.directory().folder(isolation.prefix());

        try (ControlPlane cluster = ExistingCluster.connect(
                plane.kubeconfig(), ControlPlaneOptions.withSimulatedNodes(2), folder, Progress.silent())) {
            assertEquals(List.of("simulated-0", "simulated-1"), nodes(cluster));
            assertEquals(1, cluster.processes().size());
        }

        assertEquals(List.of("simulated-0"), nodes(plane));
    }

    @Test
    void saysThatItsFileCannotBeRead() {
        TestbedException failure = assertThrows(
                TestbedException.class,
                () -> ExistingCluster.connect(
                        Path.of("missing"), ControlPlaneOptions.withSimulatedNodes(0), Path.of(""), Progress.silent()));

        assertEquals("TIDEGATE_KUBECONFIG names a file that cannot be read: missing.", failure.getMessage());
    }

    @Test
    void saysThatItCannotChangeTheControllerManagerOfAClusterThatWasThereBefore() {
        ControlPlaneOptions options = new ControlPlaneOptions(0, List.of("--horizontal-pod-autoscaler-sync-period=1s"));

        TestbedException failure = assertThrows(
                TestbedException.class,
                () -> ExistingCluster.connect(Path.of("missing"), options, Path.of(""), Progress.silent()));

        assertEquals(
                "This needs a controller manager started with --horizontal-pod-autoscaler-sync-period=1s, which the cluster"
                        + " of TIDEGATE_KUBECONFIG cannot be given; run it without TIDEGATE_KUBECONFIG.",
                failure.getMessage());
    }

    private static List<String> nodes(ControlPlane plane) {
        return plane.client().nodes().withLabel(NodeKind.LABEL, NodeKind.SIMULATED.value()).list().getItems().stream()
                .map(Node::getMetadata)
                .map(metadata -> metadata.getName())
                .toList();
    }
}
