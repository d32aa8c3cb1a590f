package io.tidegate.testbed.controlplane;

import io.tidegate.testbed.controlplane.Credentials.User;
import io.tidegate.testbed.process.ChildProcess;
import io.tidegate.testbed.process.FreePorts;
import io.tidegate.testbed.process.ProcessSpec;
import io.tidegate.testbed.process.Restartable;
import io.tidegate.testbed.process.TestbedException;
import io.tidegate.testbed.process.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The processes of a control plane on this machine, all on loopback. */
final class LocalParts implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    /** The first rule that fits holds. */
    private static final String READS = """
              - level: Metadata
                userGroups: ["system:serviceaccounts:tidegate"]
                verbs: [get, list, watch]
            """;

    private final Path folder;
    private final Map<Component, Path> binaries;
    private final ControlPlaneOptions options;
    private final Credentials credentials;
    private final List<Restartable> processes = new ArrayList<>();
    private @Nullable Restartable apiServer;
    private final int apiPort = FreePorts.next();
    private final int etcdPort = FreePorts.next();

    LocalParts(Path folder, Map<Component, Path> binaries, ControlPlaneOptions options) {
        this.folder = folder;
        this.binaries = binaries;
        this.options = options;
        try {
            this.credentials = Credentials.create(folder.resolve("credentials"));
            Files.writeString(folder.resolve("audit-policy.yaml"), auditPolicy(options.auditReads()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String auditPolicy(boolean reads) throws IOException {
        try (InputStream policy = Objects.requireNonNull(
                LocalParts.class.getResourceAsStream("audit-policy.yaml"), "no audit-policy.yaml on the class path")) {
            String text = new String(policy.readAllBytes(), StandardCharsets.UTF_8);
            return reads ? text.replace("\nrules:\n", "\nrules:\n" + READS) : text;
        }
    }

    /** Starts all but kwok, and returns when the API server listens. */
    void start() {
        start(Component.ETCD, etcdArguments());
        apiServer = start(Component.KUBE_APISERVER, serverArguments(), this::awaitListening);
        start(Component.KUBE_CONTROLLER_MANAGER, controllerManagerArguments());
        start(
                Component.KUBE_SCHEDULER,
                List.of(
                        "--kubeconfig=" + kubeconfig(User.KUBE_SCHEDULER),
                        "--leader-elect=false",
                        "--secure-port=0",
                        "--kube-api-qps=500",
                        "--kube-api-burst=1000"));
    }

    /** Starts kwok, which runs the nodes with this label (key=value) and the pods on them. */
    void startKwok(String nodeLabel) {
        start(
                Component.KWOK,
                List.of(
                        "--kubeconfig=" + kubeconfig(User.KWOK),
                        "--manage-nodes-with-label-selector=" + nodeLabel,
                        "--node-lease-duration-seconds=40",
                        "--cidr=10.128.0.1/16"));
    }

    String server() {
        return "https://127.0.0.1:" + apiPort;
    }

    /** The API server makes its own certificate at its first start. */
    Path authorityFile() {
        return folder.resolve("certificates").resolve("apiserver.crt");
    }

    Path auditLog() {
        return folder.resolve("audit.log");
    }

    String token(User user) {
        return credentials.token(user);
    }

    Path kubeconfig(User user) {
        try {
            String authority = Files.readString(authorityFile());
            Path file = folder.resolve("credentials").resolve(user.userName().replace(':', '-') + ".kubeconfig");
            return new Kubeconfig(server(), authority).write(file, user.userName(), "default", token(user));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<ChildProcess> processes() {
        return processes.stream().map(Restartable::process).toList();
    }

    Restartable apiServer() {
        return Objects.requireNonNull(apiServer, "not started");
    }

    @Override
    public void close() {
        for (Restartable process : processes.reversed()) {
            process.close();
        }
    }

    private void awaitListening(ChildProcess server) {
        Waiting.until(
                () -> {
                    processes().forEach(ChildProcess::requireAlive);
                    server.requireAlive();
                    return Files.isReadable(authorityFile()) && listens(apiPort);
                },
                Duration.ofMillis(25),
                START_LIMIT,
                "The Kubernetes API server did not start (log: " + server.log() + ")");
    }

    private void start(Component component, List<String> arguments) {
        start(component, arguments, process -> {});
    }

    private Restartable start(Component component, List<String> arguments, Restartable.Ready ready) {
        @Nullable Path binary = binaries.get(component);
        if (binary == null) {
            throw new TestbedException(component.binary() + " is missing.");
        }
        List<String> command = new ArrayList<>();
        command.add(binary.toString());
        command.addAll(arguments);
        // A home of its own keeps the user's files, such as kwok's default configuration, out of the run.
        Restartable started = Restartable.start(
                ProcessSpec.disposable(component.binary(), command, folder)
                        .withEnvironment(Map.of("HOME", folder.toString())),
                ready);
        processes.add(started);
        return started;
    }

    private List<String> etcdArguments() {
        String client = "http://127.0.0.1:" + etcdPort;
        String peer = "http://127.0.0.1:" + FreePorts.next();
        return List.of(
                "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer,
                "--unsafe-no-fsync");
    }

    private List<String> serverArguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "--etcd-servers=http://127.0.0.1:" + etcdPort,
                "--secure-port=" + apiPort,
                "--bind-address=127.0.0.1",
                // There may be no other address, and nobody follows the "kubernetes" service here.
                "--advertise-address=127.0.0.1",
                "--endpoint-reconciler-type=none",
                "--cert-dir=" + folder.resolve("certificates"),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + credentials.verifyingKey(),
                "--service-account-signing-key-file=" + credentials.signingKey(),
                "--token-auth-file=" + credentials.tokenFile(),
                "--authorization-mode=RBAC",
                "--allow-privileged=true",
                "--service-cluster-ip-range=10.96.0.0/16",
                "--audit-policy-file=" + folder.resolve("audit-policy.yaml"),
                "--audit-log-path=" + auditLog(),
                // Written before the answer goes out, so the log's times are those of the writes.
                "--audit-log-mode=blocking",
                "--profiling=false"));
        arguments.addAll(options.serverArguments());
        return arguments;
    }

    private List<String> controllerManagerArguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "--kubeconfig=" + kubeconfig(User.KUBE_CONTROLLER_MANAGER),
                "--leader-elect=false",
                "--secure-port=0",
                "--service-account-private-key-file=" + credentials.signingKey(),
                "--root-ca-file=" + authorityFile(),
                "--kube-api-qps=500",
                "--kube-api-burst=1000",
                "--concurrent-deployment-syncs=10",
                "--concurrent-replicaset-syncs=10"));
        arguments.addAll(options.controllerManagerArguments());
        return arguments;
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
