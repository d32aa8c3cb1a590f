package io.tidegate.testbed.controlplane;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.testbed.controlplane.Credentials.User;
import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.process.ChildProcess;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.Restartable;
import io.tidegate.testbed.process.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A control plane of this run: etcd, API server, controller manager, scheduler and, for simulated nodes, kwok. */
final class LocalControlPlane implements ControlPlane {
    private static final Duration PERIOD = Duration.ofMillis(25);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final LocalParts parts;
    private final Config configuration;
    private final KubernetesClient client;
    private final Path kubectl;

    private LocalControlPlane(LocalParts parts, Path kubectl) {
        this.parts = parts;
        this.kubectl = kubectl;
        this.configuration = Clients.configuration(parts.server(), parts.authorityFile(), parts.token(User.ADMIN));
        this.client = Clients.client(configuration);
    }

    static ControlPlane start(ControlPlaneOptions options, Path folder, Progress progress) {
        Set<Component> wanted = EnumSet.allOf(Component.class);
        if (options.simulatedNodes() == 0) {
            wanted.remove(Component.KWOK);
        }
        Map<Component, Path> binaries = new Binaries(System.getenv(), TestbedHome.cache(), progress).locate(wanted);
        return progress.during("starting the Kubernetes control plane", () -> start(options, folder, binaries));
    }

    private static ControlPlane start(ControlPlaneOptions options, Path folder, Map<Component, Path> binaries) {
        LocalParts parts = new LocalParts(folder, binaries, options);
        try {
            parts.start();
            LocalControlPlane plane =
                    new LocalControlPlane(parts, Objects.requireNonNull(binaries.get(Component.KUBECTL), "kubectl"));
            plane.awaitReady(options.simulatedNodes());
            return plane;
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private void awaitReady(int simulatedNodes) {
        Waiting.until(
                () -> {
                    parts.processes().forEach(ChildProcess::requireAlive);
                    return Clients.isReady(client);
                },
                PERIOD,
                LIMIT,
                "The Kubernetes API server did not become ready");
        Clients.ensurePodMetrics(client);
        if (simulatedNodes > 0) {
            parts.startKwok(NodeKind.LABEL + "=" + NodeKind.SIMULATED.value());
            new SimulatedNodes(client).create(simulatedNodes);
        }
        Waiting.until(
                () -> {
                    parts.processes().forEach(ChildProcess::requireAlive);
                    return hasDefaultServiceAccount() && Clients.servesPodMetrics(client);
                },
                PERIOD,
                LIMIT,
                "The Kubernetes controller manager did not start its work");
    }

    /** Without it no pod is admitted; the controller manager makes it, so it shows that its controllers run. */
    private boolean hasDefaultServiceAccount() {
        return client.serviceAccounts()
                        .inNamespace("default")
                        .withName("default")
                        .get()
                != null;
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public Config clientConfig() {
        return configuration;
    }

    @Override
    public Config kubeletConfig() {
        return Clients.configuration(parts.server(), parts.authorityFile(), parts.token(User.KUBELET));
    }

    @Override
    public Path kubeconfig() {
        return parts.kubeconfig(User.ADMIN);
    }

    @Override
    public Path kubectl() {
        return kubectl;
    }

    @Override
    public Optional<Path> auditLog() {
        return Optional.of(parts.auditLog());
    }

    @Override
    public ServiceAccounts serviceAccounts() {
        try {
            return new ServiceAccounts(client, new Kubeconfig(parts.server(), Files.readString(parts.authorityFile())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<ChildProcess> processes() {
        return parts.processes();
    }

    @Override
    public Optional<Restartable> apiServer() {
        return Optional.of(parts.apiServer());
    }

    @Override
    public void close() {
        client.close();
        parts.close();
    }
}
