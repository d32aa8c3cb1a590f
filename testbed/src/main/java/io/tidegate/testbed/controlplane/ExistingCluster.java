package io.tidegate.testbed.controlplane;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.process.ChildProcess;
import io.tidegate.testbed.process.ProcessSpec;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A cluster that was there before and stays; simulated nodes are added to it by a kwok of this run. */
final class ExistingCluster implements ControlPlane {
    private final Path kubeconfig;
    private final Config configuration;
    private final KubernetesClient client;
    private final Path kubectl;
    private final SimulatedNodes nodes;
    private final List<ChildProcess> processes = new ArrayList<>();

    private ExistingCluster(Path kubeconfig, Config configuration, Path kubectl) {
        this.kubeconfig = kubeconfig;
        this.configuration = configuration;
        this.kubectl = kubectl;
        this.client = Clients.client(configuration);
        this.nodes = new SimulatedNodes(client);
    }

    static ControlPlane connect(Path kubeconfig, ControlPlaneOptions options, Path folder, Progress progress) {
        requireNone("a controller manager", options.controllerManagerArguments());
        requireNone("an API server", options.serverArguments());
        if (!Files.isReadable(kubeconfig)) {
            throw new TestbedException("TIDEGATE_KUBECONFIG names a file that cannot be read: " + kubeconfig + ".");
        }
        int simulatedNodes = options.simulatedNodes();
        EnumSet<Component> wanted =
                simulatedNodes > 0 ? EnumSet.of(Component.KUBECTL, Component.KWOK) : EnumSet.of(Component.KUBECTL);
        Map<Component, Path> binaries = new Binaries(System.getenv(), TestbedHome.cache(), progress).locate(wanted);
        Config configuration = Config.fromKubeconfig(kubeconfig.toFile());
        ExistingCluster cluster = new ExistingCluster(
                kubeconfig.toAbsolutePath(),
                configuration,
                Objects.requireNonNull(binaries.get(Component.KUBECTL), "kubectl"));
        try {
            if (!Clients.isReady(cluster.client)) {
                throw new TestbedException("The cluster of TIDEGATE_KUBECONFIG (" + configuration.getMasterUrl()
                        + ") does not answer that it is ready.");
            }
            Clients.ensurePodMetrics(cluster.client);
            if (simulatedNodes > 0) {
                cluster.startKwok(Objects.requireNonNull(binaries.get(Component.KWOK), "kwok"), folder);
                cluster.nodes.create(simulatedNodes);
            }
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private static void requireNone(String part, List<String> arguments) {
        if (!arguments.isEmpty()) {
            throw new TestbedException(
                    "This needs " + part + " started with " + String.join(" ", arguments)
                            + ", which the cluster of TIDEGATE_KUBECONFIG cannot be given; run it without TIDEGATE_KUBECONFIG.");
        }
    }

    private void startKwok(Path kwok, Path folder) {
        List<String> command = List.of(
                kwok.toString(),
                "--kubeconfig=" + kubeconfig,
                "--manage-nodes-with-label-selector=" + NodeKind.LABEL + "=" + NodeKind.SIMULATED.value(),
                "--node-lease-duration-seconds=40",
                "--cidr=10.128.0.1/16");
        processes.add(ChildProcess.start(ProcessSpec.disposable("kwok", command, folder)));
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
        return configuration;
    }

    @Override
    public Path kubeconfig() {
        return kubeconfig;
    }

    @Override
    public Path kubectl() {
        return kubectl;
    }

    @Override
    public Optional<Path> auditLog() {
        return Optional.empty();
    }

    @Override
    public ServiceAccounts serviceAccounts() {
        return new ServiceAccounts(client, new Kubeconfig(configuration.getMasterUrl(), authority()));
    }

    private String authority() {
        String data = configuration.getCaCertData();
        String file = configuration.getCaCertFile();
        try {
            if (data != null) {
                return new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
            }
            return file == null ? "" : Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<ChildProcess> processes() {
        return List.copyOf(processes);
    }

    @Override
    public void close() {
        nodes.remove();
        client.close();
        processes.forEach(ChildProcess::close);
    }
}
