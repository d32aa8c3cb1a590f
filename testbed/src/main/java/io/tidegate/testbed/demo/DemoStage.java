package io.tidegate.testbed.demo;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.testbed.Parts;
import io.tidegate.testbed.Testbed;
import io.tidegate.testbed.TestbedOptions;
import io.tidegate.testbed.kubelet.ProcessKubelet;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import io.tidegate.testbed.process.Waiting;
import io.tidegate.testbed.prometheus.PrometheusServer;
import io.tidegate.testbed.services.ServiceProcess;
import io.tidegate.testbed.services.TidegateServices;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** All that the demo plays on: broker, control plane, a node of processes, the services, the sample service and its policy. */
public final class DemoStage implements AutoCloseable {

    static final String NAMESPACE = "demo";
    static final String NAME = "orders-ingest";
    static final String GROUP = "orders-ingest";
    static final String TOPIC = "orders";
    static final int PARTITIONS = 40;

    /** As in policy.yaml and workload.yaml, where they are given to Tidegate and to the sample service. */
    static final int MIN_REPLICAS = 0;

    static final int MAX_REPLICAS = 12;
    static final Duration OBJECTIVE = Duration.ofSeconds(10);
    static final double RATE_PER_REPLICA = 200;

    private static final Duration SEEN_WITHIN = Duration.ofSeconds(30);

    private final Testbed testbed;
    private final ProcessKubelet kubelet;
    private final TidegateServices services;

    private DemoStage(Testbed testbed, ProcessKubelet kubelet, TidegateServices services) {
        this.testbed = testbed;
        this.kubelet = kubelet;
        this.services = services;
    }

    /** Brings all of it up and returns when the policy has been decided on for the first time. */
    static DemoStage prepare(Progress progress) throws InterruptedException {
        return prepare(0, progress);
    }

    /** The same with simulated nodes beside it, for more workloads than the demo's own. */
    public static DemoStage prepare(int simulatedNodes, Progress progress) throws InterruptedException {
        Testbed testbed = Testbed.start(TestbedOptions.defaults().withSimulatedNodes(simulatedNodes), progress);
        try {
            ProcessKubelet kubelet = testbed.addProcessNode("process-0", progress);
            TidegateServices services = TidegateServices.start(testbed, progress);
            DemoStage stage = new DemoStage(testbed, kubelet, services);
            stage.apply(progress);
            return stage;
        } catch (RuntimeException e) {
            testbed.close();
            throw e;
        }
    }

    /** The parts that it plays on. */
    public Parts parts() {
        return testbed;
    }

    /** The services that play. */
    public TidegateServices services() {
        return services;
    }

    /** Sends a load in the background until it is closed; the load is CSV as the demo's own. */
    public AutoCloseable startLoad(String csv) {
        try {
            DemoLoad load = DemoLoad.parse(new StringReader(csv), "load", RATE_PER_REPLICA);
            return new LoadRun(bootstrapServers(), TOPIC, PARTITIONS, load, new WaitTracker());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Submits the demo's two Spark applications and sends the query's records in the background until it is closed; the
     * applications end with the stage.
     *
     * @throws TestbedException with the reason, if Spark cannot run on this machine
     */
    public AutoCloseable startSpark(Progress progress) throws InterruptedException {
        SparkPlay.require();
        SparkPlay.prepare(this, progress);
        return SparkPlay.start(this, SparkPlay.load());
    }

    /** Starts a Prometheus that reads the services. */
    public PrometheusServer startPrometheus(Progress progress) {
        return PrometheusServer.start(services.processes(), testbed.directory().folder("prometheus"), progress);
    }

    String bootstrapServers() {
        return testbed.broker().bootstrapServers();
    }

    WorkloadId workload() {
        return new WorkloadId(TidegateServices.CLUSTER, NAMESPACE, "Deployment", NAME);
    }

    Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
    }

    Path auditLog() {
        return testbed.controlPlane()
                .auditLog()
                .orElseThrow(() ->
                        new TestbedException("The demo needs the API server's audit log: unset TIDEGATE_KUBECONFIG."));
    }

    ReadyWatch watchReady(IntConsumer ready) {
        return new ReadyWatch(testbed.controlPlane().client(), NAMESPACE, NAME, ready);
    }

    /** Fails if one of the services has ended. */
    void requireAlive() {
        services.processes().forEach(service -> service.process().requireAlive());
    }

    /** Says how to look at what runs, and waits for Ctrl-C. */
    void keep(PrintStream out) throws InterruptedException {
        out.printf(
                """
                All of it keeps running until Ctrl-C. To look at it:
                  %1$s --kubeconfig %2$s -n %3$s get scalingpolicies
                  %1$s --kubeconfig %2$s -n %3$s describe scalingpolicy %4$s
                Kafka is at %5$s. The services:
                """,
                testbed.controlPlane().kubectl(),
                testbed.controlPlane().kubeconfig(),
                NAMESPACE,
                NAME,
                bootstrapServers());
        for (ServiceProcess service : services.processes()) {
            out.printf(
                    "  %-20s %s/q/metrics, log %s%n",
                    service.kind().module(),
                    service.address(),
                    service.process().log());
        }
        new CountDownLatch(1).await();
    }

    private void apply(Progress progress) throws InterruptedException {
        KubernetesClient client = testbed.controlPlane().client();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        createTopic(TOPIC, PARTITIONS);
        apply("workload.yaml");
        apply("policy.yaml");
        progress.during("waiting for the first decision", () -> {
            Waiting.until(this::decided, Duration.ofMillis(200), SEEN_WITHIN, "The policy was not decided on");
            return "";
        });
    }

    void createTopic(String name, int partitions) throws InterruptedException {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, Optional.of(partitions), Optional.empty())))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new TestbedException("The topic " + name + " could not be created: " + e.getMessage(), e);
        }
    }

    private boolean decided() {
        GenericKubernetesResource policy = testbed.controlPlane()
                .client()
                .genericKubernetesResources("tidegate.io/v1alpha1", "ScalingPolicy")
                .inNamespace(NAMESPACE)
                .withName(NAME)
                .get();
        return policy != null && policy.get("status", "reason") != null;
    }

    /** Creates what a manifest of the demo says. */
    void apply(String manifest) {
        KubernetesClient client = testbed.controlPlane().client();
        try (InputStream resource = DemoStage.class.getResourceAsStream(manifest)) {
            if (resource == null) {
                throw new IllegalStateException(manifest + " is not on the class path");
            }
            String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("${bootstrapServers}", bootstrapServers());
            List<HasMetadata> resources = client.load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                    .items();
            resources.forEach(item -> client.resource(item).create());
        } catch (IOException e) {
            throw new TestbedException("The demo's " + manifest + " can't be read.", e);
        }
    }

    @Override
    public void close() {
        services.close();
        kubelet.close();
        testbed.close();
    }
}
