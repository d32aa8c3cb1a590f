package io.tidegate.it.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidegate.contracts.topic.Topics;
import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.helm.Helm;
import io.tidegate.testbed.helm.KustomizeFiles;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the chart renders, without a cluster. */
@OnTestbed
@Tag("deploy")
class ChartIT {

    private static final JsonMapper JSON = new JsonMapper();

    private final Helm helm;

    ChartIT(SharedTestbed testbed) {
        this.helm = Helm.locate(testbed.directory().folder("helm"), Progress.console());
    }

    @Test
    void lintFindsNothing() {
        assertTrue(helm.run("lint", Helm.chart().toString(), "--strict").contains("0 chart(s) failed"));
    }

    @Test
    void rightsAreThoseOfTheManifestsInTheRepository() throws IOException {
        Rendered chart = render();
        for (String part : List.of("autoscaler", "collector")) {
            JsonNode shipped = Rendered.parse(Files.readString(
                            TestbedHome.root().resolve("k8s/rbac").resolve(part + ".yaml")))
                    .of("ClusterRole", "tidegate-" + part);
            assertEquals(
                    shipped.path("rules"),
                    chart.of("ClusterRole", "tidegate-" + part).path("rules"));
        }
        List<String> subjects = chart.of("ClusterRoleBinding").stream()
                .flatMap(binding -> binding.path("subjects").findValuesAsText("name").stream())
                .toList();
        assertFalse(subjects.contains("tidegate-engine"), "the engine has rights");
    }

    @Test
    void namespacedRightsAreTheSameInEachNamespaceAndNoMore() {
        Rendered all = render();
        Rendered some = render("watch.namespaces={team-a,team-b}");
        for (String part : List.of("autoscaler", "collector")) {
            Set<String> wanted = rights(List.of(all.of("ClusterRole", "tidegate-" + part)));
            List<JsonNode> given = new ArrayList<>(some.of("ClusterRole"));
            given.removeIf(role -> !role.path("metadata").path("name").asText().equals("tidegate-" + part));
            given.add(some.of("Role", "tidegate-" + part));
            assertEquals(wanted, rights(given));
        }
        assertEquals(
                List.of("team-a", "team-b", "team-a", "team-b"),
                some.of("Role").stream()
                        .map(role -> role.path("metadata").path("namespace").asText())
                        .toList());
        // Only what belongs to no namespace is read in the whole cluster, and nothing is written there.
        assertEquals(
                Set.of(
                        "list /namespaces",
                        "watch /namespaces",
                        "list tidegate.io/scalingprofiles",
                        "watch tidegate.io/scalingprofiles"),
                rights(List.of(some.of("ClusterRole", "tidegate-collector"))));
        assertTrue(configuration(some, "collector").contains("tidegate.namespaces=team-a,team-b"));
    }

    @Test
    void topicsForStrimziAreThoseThatTheServicesCreate() {
        Map<String, Map<String, String>> wanted = new TreeMap<>();
        Topics.all().forEach(topic -> wanted.put(topic.name(), topic.configs()));
        Map<String, Map<?, ?>> given = new TreeMap<>();
        for (JsonNode topic : render("strimzi.topics.enabled=true").of("KafkaTopic")) {
            assertEquals(
                    Topics.PARTITIONS, topic.path("spec").path("partitions").asInt());
            given.put(
                    topic.path("spec").path("topicName").asText(),
                    JSON.convertValue(topic.path("spec").path("config"), Map.class));
        }
        assertEquals(wanted, given);
    }

    @Test
    void allImagesComeFromTheRegistryThatIsGiven() {
        String digest = "sha256:" + "0a".repeat(32);
        assertEquals(
                Set.of(
                        "registry.example:5000/mirror/tidegate/autoscaler:1.2",
                        "registry.example:5000/mirror/tidegate/telemetry-collector:1.2",
                        "registry.example:5000/mirror/tidegate/policy-engine@" + digest),
                render("image.registry=registry.example:5000/mirror", "image.tag=1.2", "engine.image.digest=" + digest)
                        .all()
                        .stream()
                        .flatMap(object -> object.findValuesAsText("image").stream())
                        .collect(Collectors.toSet()));
    }

    @Test
    void secretsAreMountedAndReadAndNeverRendered() {
        Rendered objects = render("kafka.existingSecret=kafka", "engine.existingSecret=engine-kafka");
        assertEquals(List.of(), objects.of("Secret"));
        assertEquals("engine-kafka", secret(objects.of("StatefulSet", "tidegate-engine")));
        assertEquals("kafka", secret(objects.of("Deployment", "tidegate-collector")));
        assertTrue(objects.of("StatefulSet", "tidegate-engine")
                .toString()
                .contains(",/etc/tidegate/kafka/application.properties"));
    }

    @Test
    void newConfigurationMakesNewPodsAndOldConfigurationDoesNot() {
        String before = annotation(render());
        assertEquals(before, annotation(render("collector.podLabels.team=a")));
        assertFalse(before.equals(annotation(render("collector.config.tidegate\\.lag\\.period=500ms"))));
    }

    @Test
    void networkPoliciesLetOutOnlyWhatEachServiceNeeds() {
        Rendered objects = render("kafka.bootstrapServers=a:9093\\,b:9094");
        assertEquals(
                Map.of(
                        "tidegate-autoscaler", Set.of(53, 9093, 9094, 443, 6443),
                        // Other clusters' brokers, and drivers.
                        "tidegate-collector", Set.of(53, 9093, 9094, 443, 6443, 9092, 9090, 4040),
                        // No API server; other engines.
                        "tidegate-engine", Set.of(53, 9093, 9094, 8080)),
                objects.of("NetworkPolicy").stream()
                        .collect(Collectors.toMap(
                                policy -> policy.path("metadata").path("name").asText(), ChartIT::portsOut)));
        objects.of("NetworkPolicy")
                .forEach(policy -> assertEquals(
                        List.of("Ingress", "Egress"),
                        elements(policy.path("spec").path("policyTypes"))
                                .map(JsonNode::asText)
                                .toList()));
    }

    @Test
    void theEngineAloneSendsSpansAndMayReachWhoTakesThem() {
        for (Map.Entry<String, Integer> port : Map.of(
                        "http://otel.observability.svc:4318", 4318, "https://otel.example/otlp", 443, "http://otel", 80)
                .entrySet()) {
            Rendered objects = render("traces.endpoint=" + port.getKey());
            JsonNode engine = objects.of("NetworkPolicy", "tidegate-engine");
            assertEquals(Set.of(53, 9092, 8080, port.getValue()), portsOut(engine), engine.toString());
            assertTrue(configuration(objects, "engine").contains("tidegate.traces.endpoint=" + port.getKey()));
            for (String part : List.of("collector", "autoscaler")) {
                assertFalse(configuration(objects, part).contains("tidegate.traces"));
                assertEquals(
                        portsOut(render().of("NetworkPolicy", "tidegate-" + part)),
                        portsOut(objects.of("NetworkPolicy", "tidegate-" + part)));
            }
        }
        assertFalse(configuration(render(), "engine").contains("tidegate.traces"));
        assertRefused("/traces/endpoint", "traces.endpoint=otel:4318");
    }

    @Test
    void logsAreJsonUnlessTheyAreToBeText() {
        for (String part : List.of("collector", "engine", "autoscaler")) {
            assertTrue(configuration(render(), part).contains("quarkus.log.console.json.enabled=true"));
            assertTrue(
                    configuration(render("log.format=text"), part).contains("quarkus.log.console.json.enabled=false"));
        }
    }

    private static Set<Integer> portsOut(JsonNode policy) {
        return elements(policy.path("spec").path("egress"))
                .flatMap(rule -> elements(rule.path("ports")))
                .map(port -> port.path("port").asInt())
                .collect(Collectors.toSet());
    }

    @Test
    void numbersStayAsTheyAreWritten() {
        Rendered objects = Rendered.parse(
                helm.template("--set-json", "kafka.properties={\"max.request.size\":10485760}", "--set-json", """
                engine.config={"tidegate.a":0.25,"tidegate.b":true,"tidegate.c":"5m","tidegate.d":12}"""));
        String configuration = configuration(objects, "engine");
        for (String line : List.of(
                "tidegate.kafka.properties.\"max.request.size\"=10485760",
                "tidegate.a=0.25",
                "tidegate.b=true",
                "tidegate.c=5m",
                "tidegate.d=12")) {
            assertTrue(configuration.lines().toList().contains(line), configuration);
        }
    }

    @Test
    void badValuesAndMissingFilesAreRefusedInWords() {
        assertRefused("additional properties 'colector' not allowed", "colector.replicas=1");
        assertRefused("'not' failed", "kafka.properties.sasl\\.jaas\\.config=secret");
    }

    @Test
    void extraObjectsAreTemplates() {
        assertEquals(
                "for-tidegate",
                Rendered.parse(helm.template("--set-json", """
                        extraObjects=[{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"for-{{ .Release.Name }}"}}]"""))
                        .of("ConfigMap", "for-tidegate")
                        .path("metadata")
                        .path("name")
                        .asText());
    }

    @Test
    void baseOfKustomizeAndRolesOfTenantsAreTheCharts() throws IOException {
        for (Map.Entry<String, String> file : new KustomizeFiles(helm).render().entrySet()) {
            assertEquals(
                    KustomizeFiles.withoutHelm(file.getValue()),
                    KustomizeFiles.withoutHelm(
                            Files.readString(KustomizeFiles.folder().resolve(file.getKey()))),
                    () -> "k8s/kustomize/" + file.getKey() + " is out of date: run ./tidegate manifests");
        }
    }

    private Rendered render(String... settings) {
        List<String> arguments = new ArrayList<>();
        for (String setting : settings) {
            arguments.add("--set");
            arguments.add(setting);
        }
        return Rendered.parse(helm.template(arguments.toArray(String[]::new)));
    }

    private void assertRefused(String words, String setting) {
        TestbedException refused = assertThrows(TestbedException.class, () -> render(setting));
        assertTrue(String.valueOf(refused.getMessage()).contains(words), refused.getMessage());
    }

    private static String secret(JsonNode workload) {
        return workload.findValuesAsText("secretName").getFirst();
    }

    private static String annotation(Rendered objects) {
        return objects.of("Deployment", "tidegate-collector")
                .path("spec")
                .path("template")
                .path("metadata")
                .path("annotations")
                .path("tidegate.io/configuration")
                .asText();
    }

    private static String configuration(Rendered objects, String part) {
        return objects.of("ConfigMap", "tidegate-" + part)
                .path("data")
                .path("application.properties")
                .asText();
    }

    /** Each right as {@code verb group/resource}. */
    private static Set<String> rights(List<JsonNode> roles) {
        return roles.stream()
                .flatMap(role -> elements(role.path("rules")))
                .flatMap(rule -> elements(rule.path("apiGroups"))
                        .flatMap(group -> elements(rule.path("resources"))
                                .flatMap(resource -> elements(rule.path("verbs"))
                                        .map(verb -> verb.asText() + " " + group.asText() + "/" + resource.asText()))))
                .collect(Collectors.toSet());
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
