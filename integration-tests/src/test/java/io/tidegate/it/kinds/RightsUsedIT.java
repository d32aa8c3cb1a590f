package io.tidegate.it.kinds;

import static io.tidegate.it.kinds.Applications.APACHE;
import static io.tidegate.it.kinds.Applications.KUBEFLOW;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.tidegate.it.Subject;
import io.tidegate.testbed.Parts;
import io.tidegate.testbed.broker.KafkaBroker;
import io.tidegate.testbed.broker.LocalKafkaBroker;
import io.tidegate.testbed.controlplane.ControlPlane;
import io.tidegate.testbed.controlplane.ControlPlaneOptions;
import io.tidegate.testbed.files.RunDirectory;
import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.services.ServiceKind;
import io.tidegate.testbed.services.TidegateServices;
import io.tidegate.testbed.spark.SparkOperators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The rights that are shipped are those that the services use: while workloads of all kinds are scaled, the API server's audit log
 * tells each request of theirs. A right that nobody asked for is one too many, and a request that was refused one too few.
 */
@Tag("deploy")
class RightsUsedIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration AGAIN = Duration.ofSeconds(11);
    private static final String NAMESPACE = "kinds";
    private static final String ACCOUNT = "system:serviceaccount:tidegate:tidegate-";
    private static final JsonMapper JSON = new JsonMapper();

    private static final List<AutoCloseable> OPEN = new ArrayList<>();
    private static Parts parts;
    private static TidegateServices services;

    /** Parts of its own, since an audit log with reads in it slows others down. */
    private record Own(KafkaBroker broker, ControlPlane controlPlane, RunDirectory directory) implements Parts {}

    @BeforeAll
    static void start() {
        RunDirectory directory = RunDirectory.create(Boolean.getBoolean("tidegate.testbed.keep"));
        OPEN.addFirst(directory);
        ControlPlane plane = ControlPlane.start(
                ControlPlaneOptions.withSimulatedNodes(1).withReadsAudited(),
                directory.folder("kubernetes"),
                Progress.console());
        OPEN.addFirst(plane);
        KafkaBroker broker = LocalKafkaBroker.start(directory.folder("kafka"), Progress.console());
        OPEN.addFirst(broker);
        parts = new Own(broker, plane, directory);
        SparkOperators.install(plane.client());
        plane.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        services = TidegateServices.start(
                parts,
                Progress.console(),
                // Reads its usage often enough not to be waited for.
                Map.of(ServiceKind.TELEMETRY_COLLECTOR, Map.of("TIDEGATE_USAGE_PERIOD", "2s")));
        OPEN.addFirst(services);
    }

    @AfterAll
    static void close() throws Exception {
        for (AutoCloseable part : OPEN) {
            part.close();
        }
    }

    @Test
    void eachRightIsUsedAndNoneIsMissing() throws IOException, ExecutionException, InterruptedException {
        Applications applications = new Applications(parts.controlPlane().client(), NAMESPACE);
        scaled(applications, "apps/v1", "StatefulSet");
        scaled(applications, "apps/v1", "ReplicaSet");
        scaled(applications, "v1", "ReplicationController");
        spark(applications);
        try (Subject orders = Subject.create(parts, NAMESPACE, "orders")) {
            orders.policy("orders", "fallback: {after: 15s, replicas: 2}");
            // The same again, ten seconds later, counts up the Event that there is.
            await().atMost(SOON.multipliedBy(2))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(AGAIN)
                    .until(() -> {
                        upAndDown(orders);
                        return used().contains(right("autoscaler", "patch", "events.k8s.io", "events"));
                    });
            // A size is read before a fallback is written, and else only where a write has not gone as expected.
            services.process(ServiceKind.POLICY_ENGINE).kill();
            await().atMost(SOON).until(() -> used().contains(right("autoscaler", "get", "apps", "deployments/scale")));
        }

        Set<String> granted = granted();
        // A watch is in the log when it ends.
        Set<String> first =
                granted.stream().filter(right -> !right.contains(" watch ")).collect(Collectors.toSet());
        await().atMost(SOON).untilAsserted(() -> {
            Set<String> unused = new TreeSet<>(first);
            unused.removeAll(used());
            assertEquals("", lines(unused), "rights that nobody used");
        });
        services.close();
        await().atMost(SOON).untilAsserted(() -> assertEquals(lines(granted), lines(used())));
        assertEquals("", refused());
    }

    private static void upAndDown(Subject orders) throws ExecutionException, InterruptedException {
        orders.produce(8);
        await().atMost(SOON).until(() -> orders.replicas() == 1);
        orders.commitAll();
        await().atMost(SOON).until(() -> orders.replicas() == 0);
    }

    /** A workload that is sized by the clock, and by its CPU. */
    private static void scaled(Applications applications, String apiVersion, String kind) {
        String name = kind.toLowerCase(Locale.ROOT);
        String selector = apiVersion.equals("v1") ? "{app: " + name + "}" : "{matchLabels: {app: " + name + "}}";
        applications.create(apiVersion, kind, name, """
                {replicas: 1, selector: %2$s,
                  template: {
                    metadata: {labels: {app: %1$s}},
                    spec: {nodeSelector: {tidegate.io/node: simulated}, containers: [{name: main, image: simulated}]}}}
                """.formatted(name, selector));
        applications.policy(apiVersion, kind, name, """
                replicas: {min: 1, max: 9}
                fallback: {after: 15s, replicas: 5}
                signals:
                  - {name: clock, schedule: {timeZone: UTC, start: '* * * * *', end: '0 0 1 1 *', replicas: 3}}
                  - {name: cpu, resource: {name: cpu, averageUtilization: 70}}
                """);
        await(kind)
                .atMost(SOON)
                .until(() -> applications
                        .field(apiVersion, kind, name, "spec", "replicas")
                        .equals("3"));
    }

    private static void spark(Applications applications) {
        applications.create(KUBEFLOW, "SparkApplication", "daily", "{type: Scala, executor: {instances: 1}}");
        applications.policy(KUBEFLOW, "SparkApplication", "daily", "executors: {min: 2, max: 4}");
        applications.driver("daily-driver", Map.of("sparkoperator.k8s.io/app-name", "daily"));
        applications.answer("daily-driver", 1);
        await().atMost(SOON).until(() -> !applications.desired("daily-driver").isEmpty());

        applications.create(APACHE, "SparkApplication", "weekly", "{mainClass: Weekly}");
        applications.policy(APACHE, "SparkApplication", "weekly", "executors: {min: 2, max: 4}");

        applications.create(
                KUBEFLOW,
                "ScheduledSparkApplication",
                "monthly",
                "{schedule: '@monthly', template: {executor: {instances: 40}}}");
        applications.status(KUBEFLOW, "ScheduledSparkApplication", "monthly", "{\"lastRunName\":\"monthly-1\"}");
        applications.policy(
                KUBEFLOW,
                "ScheduledSparkApplication",
                "monthly",
                "executors: {min: 0, max: 3}\nobjective: {duration: 10m}\nresources: {mode: NextRun}");
        await().atMost(SOON)
                .until(() -> applications
                        .field(
                                KUBEFLOW,
                                "ScheduledSparkApplication",
                                "monthly",
                                "spec",
                                "template",
                                "executor",
                                "instances")
                        .equals("3"));
    }

    /** Each right of the shipped roles, as account, verb and resource. */
    private static Set<String> granted() throws IOException {
        Set<String> granted = new TreeSet<>();
        for (String account : List.of("autoscaler", "collector", "engine")) {
            Path file = TestbedHome.root().resolve("k8s/rbac").resolve(account + ".yaml");
            try (var objects = new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
                while (objects.hasNext()) {
                    JsonNode object = objects.next();
                    for (JsonNode rule : object.path("rules")) {
                        texts(rule.path("verbs"))
                                .forEach(verb -> texts(rule.path("apiGroups"))
                                        .forEach(group -> texts(rule.path("resources"))
                                                .forEach(resource ->
                                                        granted.add(right(account, verb, group, resource)))));
                    }
                }
            }
        }
        return granted;
    }

    /** Each right that a request needed which the API server allowed. */
    private static Set<String> used() throws IOException {
        return requests()
                .filter(event -> decision(event).equals("allow"))
                .map(RightsUsedIT::right)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String refused() throws IOException {
        return requests()
                .filter(event -> !decision(event).equals("allow"))
                .map(RightsUsedIT::right)
                .distinct()
                .collect(Collectors.joining("\n"));
    }

    private static Stream<JsonNode> requests() throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (String line : Files.readAllLines(parts.controlPlane().auditLog().orElseThrow())) {
            // The last line may still be being written.
            if (line.contains(ACCOUNT) && line.endsWith("}")) {
                JsonNode event = JSON.readTree(line);
                if (event.at("/user/username").asText().startsWith(ACCOUNT) && event.has("objectRef")) {
                    events.add(event);
                }
            }
        }
        return events.stream();
    }

    private static String decision(JsonNode event) {
        return event.path("annotations").path("authorization.k8s.io/decision").asText();
    }

    private static String right(JsonNode event) {
        JsonNode object = event.path("objectRef");
        String subresource = object.path("subresource").asText();
        return right(
                event.at("/user/username").asText().substring(ACCOUNT.length()),
                event.path("verb").asText(),
                object.path("apiGroup").asText(),
                object.path("resource").asText() + (subresource.isEmpty() ? "" : "/" + subresource));
    }

    private static String right(String account, String verb, String group, String resource) {
        return account + " " + verb + " " + (group.isEmpty() ? "" : group + " ") + resource;
    }

    private static List<String> texts(JsonNode values) {
        return StreamSupport.stream(values.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static String lines(Set<String> rights) {
        return String.join("\n", rights);
    }
}
