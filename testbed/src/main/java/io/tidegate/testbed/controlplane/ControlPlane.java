package io.tidegate.testbed.controlplane;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.testbed.process.ChildProcess;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.Restartable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A running Kubernetes control plane. */
public interface ControlPlane extends AutoCloseable {
    /**
     * Takes the cluster that {@code TIDEGATE_KUBECONFIG} names, else starts a control plane on this machine. One that
     * was there before is refused where arguments of its controller manager are asked for.
     *
     * @param folder where a started one keeps its data
     */
    static ControlPlane start(ControlPlaneOptions options, Path folder, Progress progress) {
        String kubeconfig = System.getenv("TIDEGATE_KUBECONFIG");
        return kubeconfig == null || kubeconfig.isBlank()
                ? LocalControlPlane.start(options, folder, progress)
                : ExistingCluster.connect(Path.of(kubeconfig), options, folder, progress);
    }

    /** A client with all rights, shared; closed with the control plane. */
    KubernetesClient client();

    /** The configuration of {@link #client}, to derive others from. */
    Config clientConfig();

    /** The configuration for a kubelet of ours, a user of its own in the audit log. */
    Config kubeletConfig();

    /** A kubeconfig file with all rights. */
    Path kubeconfig();

    /** The kubectl program. */
    Path kubectl();

    /** The API server's log of all writes, one JSON event a line; empty for a cluster that was there before. */
    Optional<Path> auditLog();

    /** Tokens and kubeconfig files of service accounts. */
    ServiceAccounts serviceAccounts();

    /** Its processes, for measuring what they cost; empty for a cluster that was there before. */
    List<ChildProcess> processes();

    /** The API server, to kill it and start it again; empty for a cluster that was there before. */
    default Optional<Restartable> apiServer() {
        return Optional.empty();
    }

    @Override
    void close();
}
