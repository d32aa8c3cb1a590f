package io.tidegate.it.kinds;

import static io.tidegate.it.kinds.Applications.KUBEFLOW;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.contracts.topic.TopicCreation;
import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.prometheus.PrometheusServer;
import io.tidegate.testbed.services.ServiceKind;
import io.tidegate.testbed.services.TidegateServices;
import io.tidegate.testbed.spark.SparkOperators;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;

/**
 * The shipped examples as they are, but for the namespace and the addresses of Kafka and Prometheus: applied beside the workloads
 * that they name, and followed by the services.
 */
@OnTestbed
@Tag("deploy")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExamplesIT {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final int PARTITIONS = 12;
    private static final long WAIT_MILLIS = 30_000;
    private static final Map<String, Integer> RECORDS =
            Map.of("orders", 30, "reports", 250, "invoices", 300, "credit-notes", 150, "etl-tasks", 50);
    private static final Map<String, List<String>> GROUPS = Map.of(
            "orders-ingest", List.of("orders"),
            "reports", List.of("reports"),
            "invoices", List.of("invoices", "credit-notes"),
            "etl-worker", List.of("etl-tasks"));
    private static final List<String> DEPLOYMENTS = List.of("orders-ingest", "reports", "invoices", "etl-worker");
    private static final List<String> STATEFUL_SETS = List.of("trino-worker", "analytics-worker");

    private final SharedTestbed testbed;
    private final KubernetesClient client;
    private final String namespace;
    private final Applications applications;
    private final HttpServer exporter;
    private final PrometheusServer prometheus;
    private final TidegateServices services;
    private final List<HasMetadata> examples = new ArrayList<>();

    ExamplesIT(SharedTestbed testbed, Isolation isolation) throws IOException {
        this.testbed = testbed;
        this.client = testbed.controlPlane().client();
        this.namespace = isolation.namespace();
        this.applications = new Applications(client, namespace);
        this.exporter = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve("""
                trino_execution_queued{cluster="sales"} 40
                trino_worker_busy_ratio{cluster="sales"} 0.5
                """);
        this.prometheus = PrometheusServer.reading(
                new PrometheusServer.Exporter(
                        "trino",
                        URI.create("http://127.0.0.1:" + exporter.getAddress().getPort()),
                        "/metrics"),
                Files.createTempDirectory(testbed.directory().folder("prometheus"), "examples"),
                Progress.console());
        SparkOperators.install(client);
        installRollouts();
        this.services = TidegateServices.start(
                testbed,
                Progress.console(),
                Map.of(ServiceKind.TELEMETRY_COLLECTOR, Map.of("TIDEGATE_PROMETHEUS_PERIOD", "1s")));
    }

    private void serve(String page) {
        byte[] body = page.getBytes(StandardCharsets.UTF_8);
        exporter.createContext("/metrics", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        exporter.start();
    }

    private void installRollouts() throws IOException {
        try (InputStream kind = Objects.requireNonNull(ExamplesIT.class.getResourceAsStream("rollouts.yaml"))) {
            for (HasMetadata definition : client.load(kind).serverSideApply()) {
                client.resource(definition).waitUntilCondition(RolloutIT::isServed, WAIT_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    @BeforeAll
    void apply() throws IOException, ExecutionException, InterruptedException {
        fillTopics();
        DEPLOYMENTS.forEach(name -> workload("Deployment", name));
        STATEFUL_SETS.forEach(name -> workload("StatefulSet", name));
        applications.create("argoproj.io/v1alpha1", "Rollout", "checkout", """
                {replicas: 1, selector: {matchLabels: {app: checkout}},
                  template: {metadata: {labels: {app: checkout}}, spec: {containers: [{name: app, image: simulated}]}}}
                """);
        applications.create(KUBEFLOW, "SparkApplication", "clicks", "{type: Scala, executor: {instances: 2}}");
        applications.create(KUBEFLOW, "ScheduledSparkApplication", "nightly-report", """
                {schedule: "@daily", template: {type: Scala, executor: {instances: 2}}}
                """);
        applications.driver("clicks-driver", Map.of("sparkoperator.k8s.io/app-name", "clicks"));
        applications.driver("nightly-driver", Map.of("pipeline", "nightly"));
        for (Path file : files()) {
            byte[] manifest = here(Files.readString(file)).getBytes(StandardCharsets.UTF_8);
            examples.addAll(client.load(new ByteArrayInputStream(manifest)).items());
        }
        examples.forEach(object -> client.resource(object).forceConflicts().serverSideApply());
    }

    @AfterAll
    void stop() {
        services.close();
        // What belongs to no namespace would outlast the test.
        examples.stream()
                .filter(object -> object.getMetadata().getNamespace() == null)
                .forEach(object -> client.resource(object).delete());
        prometheus.close();
        exporter.stop(0);
    }

    @Test
    void eachPolicyIsReadAndDecidedOn() {
        List<String> policies = examples.stream()
                .filter(object -> object.getKind().equals("ScalingPolicy"))
                .map(object -> object.getMetadata().getName())
                .toList();
        assertEquals(10, new TreeSet<>(policies).size(), policies.toString());
        assertAll(policies.stream().<Executable>map(policy -> () -> {
            await(policy)
                    .atMost(SOON)
                    .until(() -> applications.told(policy, "observedGeneration").equals("1")
                            && !applications.told(policy, "sentence").isEmpty());
            String conditions = applications.told(policy, "conditions");
            for (String reason : List.of("InvalidPolicy", "InvalidSpec", "ProfileNotFound", "Conflicted")) {
                assertTrue(!conditions.contains(reason), () -> policy + ": " + applications.told(policy));
            }
        }));
    }

    @Test
    void consumersFollowTheirLag() {
        sized("Deployment", "orders-ingest", 1);
        // 450 records of two topics, one replica for each 100.
        sized("Deployment", "invoices", 5);
        // One more than its 250 records ask for.
        sized("Deployment", "reports", 4);
        // 50 tasks, one replica for each 5.
        sized("Deployment", "etl-worker", 10);
    }

    @Test
    void workersOfAQueryEngineFollowWhatPrometheusSays() {
        // Three, four more, and after 15 s the rest: a policy whose behavior says nothing of growth has the HPA's.
        sized("StatefulSet", "trino-worker", 10);
    }

    @Test
    void whatHasNoReadingIsBroughtToItsLeastSize() {
        sized("StatefulSet", "analytics-worker", 2);
        await().atMost(SOON)
                .until(() -> Integer.parseInt(
                                applications.field("argoproj.io/v1alpha1", "Rollout", "checkout", "spec", "replicas"))
                        >= 2);
    }

    @Test
    void driversOfSparkAreTold() {
        applications.answer("nightly-driver", 2);
        withoutDynamicAllocation("clicks-driver");
        await().atMost(SOON).until(() -> !applications.desired("nightly-driver").isEmpty());
        await().atMost(SOON).until(() -> !applications.desired("clicks-driver").isEmpty());
    }

    /** Has the plugin in a driver say that Spark asks for nothing by itself. */
    private void withoutDynamicAllocation(String driver) {
        String answer = "{\"version\":1,\"plugin\":\"0.1.0\",\"dynamic\":false,\"slots\":4,\"wanted\":2,\"granted\":2,"
                + "\"running\":2,\"draining\":0}";
        client.pods()
                .inNamespace(namespace)
                .withName(driver)
                .edit(pod -> new PodBuilder(pod)
                        .editMetadata()
                        .addToAnnotations("tidegate.io/executors-state", answer)
                        .endMetadata()
                        .build());
    }

    private void sized(String kind, String name, int least) {
        await(name + " has " + least)
                .atMost(SOON)
                .until(
                        () -> applications.field("apps/v1", kind, name, "spec", "replicas"),
                        replicas -> Integer.parseInt(replicas) >= least);
    }

    private void workload(String kind, String name) {
        applications.create("apps/v1", kind, name, """
                {replicas: 1, selector: {matchLabels: {app: %1$s}},
                  template: {
                    metadata: {labels: {app: %1$s}},
                    spec: {nodeSelector: {tidegate.io/node: simulated}, containers: [{name: main, image: simulated}]}}}
                """.formatted(name));
    }

    private void fillTopics() throws ExecutionException, InterruptedException {
        Map<String, Object> kafka = Map.of("bootstrap.servers", testbed.broker().bootstrapServers());
        try (Admin admin = Admin.create(kafka);
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
            admin.createTopics(RECORDS.keySet().stream()
                            .map(topic -> new NewTopic(prefixed(topic), Optional.of(PARTITIONS), Optional.empty()))
                            .toList())
                    .all()
                    .get();
            TopicCreation.awaitServed(
                    admin, RECORDS.keySet().stream().collect(Collectors.toMap(this::prefixed, topic -> PARTITIONS)));
            // Where these groups stand before they ever ran.
            for (Map.Entry<String, List<String>> group : GROUPS.entrySet()) {
                admin.alterConsumerGroupOffsets(prefixed(group.getKey()), beginnings(group.getValue()))
                        .all()
                        .get();
            }
            RECORDS.forEach((topic, records) -> {
                for (int i = 0; i < records; i++) {
                    var unused =
                            producer.send(new ProducerRecord<>(prefixed(topic), i % PARTITIONS, null, new byte[] {1}));
                }
            });
            producer.flush();
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> beginnings(List<String> topics) {
        Map<TopicPartition, OffsetAndMetadata> beginnings = new HashMap<>();
        for (String topic : topics) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                beginnings.put(new TopicPartition(prefixed(topic), partition), new OffsetAndMetadata(0));
            }
        }
        return beginnings;
    }

    private String prefixed(String name) {
        return namespace + "." + name;
    }

    /** An example in the test's namespace, with names in Kafka that no other test has. */
    private String here(String example) {
        String topics = Pattern.compile("topics: \\[([a-z, -]+)]")
                .matcher(example)
                .replaceAll(match -> Stream.of(match.group(1).split(", *", -1))
                        .map(this::prefixed)
                        .collect(Collectors.joining(", ", "topics: [", "]")));
        return topics.replaceAll("consumerGroup: ([a-z-]+)", "consumerGroup: " + prefixed("$1"))
                .replace("namespace: sales", "namespace: " + namespace)
                .replace("kafka.sales.svc:9092", testbed.broker().bootstrapServers())
                .replace(
                        "http://prometheus.monitoring.svc:9090",
                        prometheus.address().toString());
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(TestbedHome.root().resolve("k8s/examples"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }
}
