package io.tidegate.it.deploy;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tidegate.contracts.topic.Topics;
import io.tidegate.it.Subject;
import io.tidegate.testbed.Parts;
import io.tidegate.testbed.broker.KafkaBroker;
import io.tidegate.testbed.broker.LocalKafkaBroker;
import io.tidegate.testbed.controlplane.ControlPlane;
import io.tidegate.testbed.files.RunDirectory;
import io.tidegate.testbed.helm.Helm;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.services.ServiceKind;
import io.tidegate.testbed.services.ServiceProcess;
import io.tidegate.testbed.services.TidegateServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The services log in to a real broker whose authorizer gives them what the chart's KafkaUsers say, and nothing else; the test
 * plays Strimzi, which makes topics and rights of them.
 */
@OnTestbed
@Tag("deploy")
class AuthorizedKafkaIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final SharedTestbed testbed;
    private final Helm helm;
    private final String namespace;
    /** Whether the collector's user may read all topics and groups. */
    private boolean readsWorkloads;

    AuthorizedKafkaIT(SharedTestbed testbed, Isolation isolation) {
        this.testbed = testbed;
        this.helm = Helm.locate(testbed.directory().folder("helm"), Progress.console());
        this.namespace = isolation.namespace();
    }

    /** The shared cluster with a broker of its own. */
    private record Guarded(KafkaBroker broker, ControlPlane controlPlane, RunDirectory directory) implements Parts {}

    @ParameterizedTest(name = "topics are created by the services: {0}")
    @ValueSource(booleans = {false, true})
    void usersOfTheChartMayDoWhatTheServicesDo(boolean create)
            throws IOException, ExecutionException, InterruptedException {
        try (RunDirectory directory = RunDirectory.create(Boolean.getBoolean("tidegate.testbed.keep"))) {
            run(directory, new KafkaLogin.ByPassword(directory.folder("logins")), create);
        }
    }

    @Test
    void servicesLogInByTheTokensOfTheirAccounts() throws IOException, ExecutionException, InterruptedException {
        try (RunDirectory directory = RunDirectory.create(Boolean.getBoolean("tidegate.testbed.keep"))) {
            run(directory, new KafkaLogin.ByToken(testbed.controlPlane(), directory.folder("logins")), true);
        }
    }

    @Test
    void lagOnTheSameKafkaIsReadWithTheCollectorsLogin() throws IOException, ExecutionException, InterruptedException {
        readsWorkloads = true;
        try (RunDirectory directory = RunDirectory.create(Boolean.getBoolean("tidegate.testbed.keep"))) {
            run(directory, new KafkaLogin.ByPassword(directory.folder("logins")), true);
        }
    }

    private void run(RunDirectory directory, KafkaLogin login, boolean create)
            throws IOException, ExecutionException, InterruptedException {
        Rendered chart = Rendered.parse(helm.template(
                "--set",
                "cluster=%s,strimzi.users.enabled=true,strimzi.users.readWorkloads=%s,topics.create=%s,strimzi.topics.enabled=%s"
                        .formatted(TidegateServices.CLUSTER, readsWorkloads, create, !create)));
        String name = ("orders-" + login.getClass().getSimpleName() + "-" + create + "-" + readsWorkloads)
                .toLowerCase(Locale.ROOT);
        // Definitions and accounts, and no process.
        TidegateServices.start(testbed, Progress.console(), Map.of(), EnumSet.noneOf(ServiceKind.class))
                .close();
        try (LocalKafkaBroker broker =
                        LocalKafkaBroker.start(directory.folder("kafka"), login.broker(), Progress.console());
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createAcls(rights(chart, login)).all().get();
            admin.createTopics(topics(chart)).all().get();
            Parts parts = new Guarded(broker, testbed.controlPlane(), directory);
            Map<ServiceKind, Map<String, String>> settings = new EnumMap<>(ServiceKind.class);
            for (ServiceKind kind : ServiceKind.values()) {
                Map<String, String> variables = new HashMap<>(login.variables(kind));
                variables.put("TIDEGATE_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServersOfUsers());
                variables.put("TIDEGATE_TOPICS_CREATE", String.valueOf(create));
                settings.put(kind, variables);
            }
            try (TidegateServices services = TidegateServices.start(parts, Progress.console(), settings);
                    Subject orders = Subject.create(parts, namespace, name)) {
                if (readsWorkloads) {
                    connection(broker.bootstrapServersOfUsers());
                }
                orders.policy(name);
                scales(orders);
                ServiceProcess engine = services.process(ServiceKind.POLICY_ENGINE);
                String workload = TidegateServices.CLUSTER + "/" + namespace + "/Deployment/" + name;
                assertEquals(
                        200, engine.get("/v1/workloads/" + workload + "/why").statusCode());

                // Where topics of an engine that decides for show are, another one could tell targets: it looks.
                String shadow = Topics.shadow(Topics.TARGETS, "green");
                admin.createTopics(List.of(new NewTopic(shadow, Optional.of(Topics.PARTITIONS), Optional.empty())))
                        .all()
                        .get();
                engine.restart();
                engine.awaitReady(SOON);
                scales(orders);
                orders.deletePolicy(name);
            }
            assertEquals("", denied(broker), "the authorizer refused something");
            if (!create) {
                assertEquals(wanted(), allowed(broker, KafkaLogin.ByPassword.PASSWORDS));
            }
        }
    }

    /** Has the policies of the namespace read where the services log in. */
    private void connection(String bootstrapServers) {
        testbed.controlPlane()
                .client()
                .resource(Serialization.unmarshal(
                        """
                        apiVersion: tidegate.io/v1alpha1
                        kind: Connection
                        metadata: {name: kafka, namespace: %s}
                        spec: {kafka: {bootstrapServers: ["%s"]}}
                        """.formatted(namespace, bootstrapServers), GenericKubernetesResource.class))
                .forceConflicts()
                .serverSideApply();
    }

    private static void scales(Subject orders) throws ExecutionException, InterruptedException {
        orders.produce(35);
        await().atMost(SOON).until(() -> orders.replicas() == 4);
        orders.commitAll();
        await().atMost(SOON).until(() -> orders.replicas() == 0);
    }

    /** What each user may do with each topic, beyond describing it. */
    private static Map<String, String> wanted() {
        Map<String, String> wanted = new TreeMap<>();
        wanted.put("tidegate-autoscaler tidegate.facts", "WRITE");
        wanted.put("tidegate-autoscaler tidegate.targets", "READ");
        wanted.put("tidegate-autoscaler tidegate.targets.dlq", "WRITE");
        wanted.put("tidegate-collector tidegate.facts", "WRITE");
        wanted.put("tidegate-collector tidegate.policies", "READ WRITE");
        wanted.put("tidegate-collector tidegate.workloads", "READ WRITE");
        wanted.put("tidegate-engine tidegate.facts", "READ");
        wanted.put("tidegate-engine tidegate.decisions", "READ WRITE");
        wanted.put("tidegate-engine tidegate.targets", "READ WRITE");
        wanted.put("tidegate-engine tidegate.facts.dlq", "WRITE");
        return wanted;
    }

    private static Map<String, String> allowed(LocalKafkaBroker broker, Map<String, String> passwords)
            throws ExecutionException, InterruptedException {
        List<String> names =
                Topics.all().stream().map(Topics.TopicSettings::name).toList();
        Map<String, String> allowed = new TreeMap<>();
        for (Map.Entry<String, String> user : passwords.entrySet()) {
            Map<String, Object> client = new HashMap<>(KafkaLogin.ByPassword.client(user.getKey(), user.getValue()));
            client.put("bootstrap.servers", broker.bootstrapServersOfUsers());
            try (Admin admin = Admin.create(client)) {
                for (TopicDescription topic : admin.describeTopics(
                                names, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                        .allTopicNames()
                        .get()
                        .values()) {
                    String operations = topic.authorizedOperations().stream()
                            .filter(operation -> operation != AclOperation.DESCRIBE)
                            .map(AclOperation::name)
                            .sorted()
                            .collect(Collectors.joining(" "));
                    if (!operations.isEmpty()) {
                        allowed.put(user.getKey() + " " + topic.name(), operations);
                    }
                }
            }
        }
        return allowed;
    }

    /** Lines of the broker's log. */
    private static String denied(LocalKafkaBroker broker) throws IOException {
        Path log = broker.process().orElseThrow().log();
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("is Denied")).collect(Collectors.joining("\n"));
        }
    }

    private static Collection<NewTopic> topics(Rendered chart) {
        JsonMapper json = new JsonMapper();
        List<NewTopic> topics = new ArrayList<>();
        for (JsonNode topic : chart.of("KafkaTopic")) {
            JsonNode spec = topic.path("spec");
            Map<String, String> config = new HashMap<>();
            spec.path("config")
                    .properties()
                    .forEach(entry -> config.put(entry.getKey(), json.convertValue(entry.getValue(), String.class)));
            topics.add(new NewTopic(
                            spec.path("topicName").asText(),
                            Optional.of(spec.path("partitions").asInt()),
                            Optional.empty())
                    .configs(config));
        }
        return topics;
    }

    private static Collection<AclBinding> rights(Rendered chart, KafkaLogin login) {
        List<AclBinding> rights = new ArrayList<>();
        for (JsonNode user : chart.of("KafkaUser")) {
            String principal =
                    login.principal(user.path("metadata").path("name").asText());
            for (JsonNode right : user.at("/spec/authorization/acls")) {
                JsonNode resource = right.path("resource");
                ResourcePattern pattern = new ResourcePattern(
                        ResourceType.fromString(resource.path("type").asText()),
                        resource.path("name").asText(),
                        resource.path("patternType").asText().equals("prefix")
                                ? PatternType.PREFIXED
                                : PatternType.LITERAL);
                right.path("operations")
                        .forEach(operation -> rights.add(new AclBinding(
                                pattern,
                                new AccessControlEntry(
                                        principal, "*", operation(operation.asText()), AclPermissionType.ALLOW))));
            }
        }
        return rights;
    }

    /** Such as DescribeConfigs. */
    private static AclOperation operation(String name) {
        return AclOperation.valueOf(name.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT));
    }
}
