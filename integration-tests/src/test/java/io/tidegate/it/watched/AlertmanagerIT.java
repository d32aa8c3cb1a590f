package io.tidegate.it.watched;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tidegate.it.Subject;
import io.tidegate.it.deploy.Kubectl;
import io.tidegate.it.watched.AlertCatcher.Told;
import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.prometheus.AlertmanagerServer;
import io.tidegate.testbed.prometheus.PrometheusServer;
import io.tidegate.testbed.services.ServiceKind;
import io.tidegate.testbed.services.ServiceProcess;
import io.tidegate.testbed.services.TidegateServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Alerts from their causes to whoever is told: a real Prometheus reads the real services and evaluates the shipped rules, a real
 * Alertmanager routes by the shipped example, and a catcher has the addresses that the example leaves out. The only other change
 * to what is shipped: waits take a sixtieth of their time ({@link ScaledDurations}), so {@code for: 15m} is 15 seconds here.
 */
@OnTestbed
@Tag("deploy")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AlertmanagerIT {

    private static final Duration SOON = Duration.ofSeconds(90);
    /** A write that was refused is tried again at growing intervals. */
    private static final Duration IN_A_WHILE = Duration.ofMinutes(4);

    private final SharedTestbed testbed;
    private final KubernetesClient client;
    private final Kubectl kubectl;
    private final String namespace;
    private final TidegateServices services;
    private final AlertCatcher catcher;
    private final AlertmanagerServer alertmanager;
    private final PrometheusServer prometheus;

    AlertmanagerIT(SharedTestbed testbed, Isolation isolation) throws IOException {
        this.testbed = testbed;
        this.client = testbed.controlPlane().client();
        this.kubectl = new Kubectl(testbed.controlPlane(), testbed.directory().folder("kubectl"));
        this.namespace = isolation.namespace();
        this.services = TidegateServices.start(testbed, Progress.console());
        this.catcher = new AlertCatcher();
        Path folder = Files.createTempDirectory(testbed.directory().folder("alertmanager"), "run");
        Path configuration = ScaledDurations.alertmanager(folder.resolve("alertmanager.yaml"), catcher, namespace);
        AlertmanagerServer.check(configuration, Progress.console());
        this.alertmanager = AlertmanagerServer.start(configuration, folder, Progress.console());
        Path rules = ScaledDurations.rules(Files.createDirectories(folder.resolve("rules")));
        this.prometheus = PrometheusServer.start(
                services.processes(),
                new PrometheusServer.Alerting(rules, alertmanager.address()),
                folder,
                Progress.console());
    }

    @AfterAll
    void stop() {
        prometheus.close();
        alertmanager.close();
        catcher.close();
        services.close();
    }

    @Test
    @Order(1)
    void theExampleIsReadByAmtool() {
        String said = AlertmanagerServer.check(ScaledDurations.example(), Progress.console());
        assertTrue(said.contains("SUCCESS") && said.contains("4 receivers"), said);
    }

    @Test
    @Order(2)
    void ownersAreToldThatAWorkloadNeedsMoreThanItsPolicyAllows() throws ExecutionException, InterruptedException {
        try (Subject small = Subject.create(testbed, namespace, "small")) {
            small.policy("small", "replicas: {min: 0, max: 2}");
            small.produce(35);

            Told alert = fires("TidegateStuckAtMax", "workload", "small");
            assertTold(alert, "sales", "Deployment " + namespace + "/small needs more than its policy allows");

            small.commitAll();
            resolves(alert);
            small.deletePolicy("small");
        }
    }

    @Test
    @Order(3)
    void ownersAreToldThatTheClusterRefusesASize() throws ExecutionException, InterruptedException {
        try (Subject refused = Subject.create(testbed, namespace, "refused")) {
            List<GenericKubernetesResource> rule = noMoreThanOne("refused");
            rule.forEach(part -> client.resource(part).serverSideApply());
            // The API server takes some moments to heed a new policy.
            await().atMost(SOON).until(() -> !scales("refused", 2));
            assertTrue(scales("refused", 0));
            refused.policy("refused", "replicas: {min: 0, max: 4}");
            refused.produce(35);

            Told alert = fires("TidegateRefusedByCluster", "workload", "refused");
            assertTold(alert, "sales", "The cluster refuses the size of Deployment " + namespace + "/refused");
            assertTrue(
                    refused.status("refused", "conditions").contains("no more than one replica"),
                    () -> refused.status("refused"));

            rule.forEach(part -> client.resource(part).delete());
            await().atMost(IN_A_WHILE).until(() -> refused.replicas() == 4);
            resolves(alert);
            refused.deletePolicy("refused");
        }
    }

    @Test
    @Order(4)
    void ownersAreToldThatNothingFreshIsKnown() throws ExecutionException, InterruptedException {
        try (Subject blind = Subject.create(testbed, namespace, "blind")) {
            blind.policy("blind");
            blind.produce(15);
            await().atMost(SOON).until(() -> blind.replicas() == 2);
            GenericKubernetesResource connection = connection();
            client.resource(connection).delete();

            Told alert = fires("TidegateWorkloadStale", "workload", "blind");
            assertTold(alert, "sales", "Nothing fresh is known of Deployment " + namespace + "/blind");

            client.resource(bare(connection)).serverSideApply();
            resolves(alert);
            blind.deletePolicy("blind");
        }
    }

    /** Without the engine, heartbeats are missing, too; that alert fires, and nobody is told: the cause says it all. */
    @Test
    @Order(5)
    void thoseWhoRunItAreToldOnceThatTheEngineIsDown() throws ExecutionException, InterruptedException {
        await().atMost(SOON).until(() -> firing("TidegateComponentAbsent").isEmpty());
        ServiceProcess engine = services.process(ServiceKind.POLICY_ENGINE);
        engine.kill();

        Told alert = fires("TidegateComponentAbsent", "component", "policy-engine");
        assertTold(alert, "platform-pager", "No policy-engine answers");
        await("the alert on heartbeats is there, and inhibited")
                .atMost(SOON)
                .until(() -> firing("TidegateHeartbeatsMissing").stream()
                        .anyMatch(one -> one.at("/status/state").asText().equals("suppressed")
                                && !one.at("/status/inhibitedBy").isEmpty()));

        // Two group intervals.
        await("nobody is told of what is but a consequence")
                .during(Duration.ofSeconds(10))
                .atMost(Duration.ofSeconds(12))
                .until(() -> catcher.told().stream().noneMatch(one -> one.name().equals("TidegateHeartbeatsMissing")));

        engine.restart();
        engine.awaitReady(SOON);
        resolves(alert);
        await().atMost(SOON).until(() -> firing("TidegateHeartbeatsMissing").isEmpty());
    }

    private Told fires(String name, String label, String value) {
        await(name + " is told")
                .atMost(SOON)
                .until(() -> told(name, label, value).filter(Told::firing).isPresent());
        return told(name, label, value).orElseThrow();
    }

    /** Waits until whoever was told of an alert is told of its end. */
    private void resolves(Told alert) {
        await(alert.name() + " is told to be over")
                .atMost(SOON)
                .until(() -> catcher.told().stream()
                        .anyMatch(one -> !one.firing()
                                && one.receiver().equals(alert.receiver())
                                && one.alert()
                                        .path("labels")
                                        .equals(alert.alert().path("labels"))));
    }

    /** The last that was told of an alert. */
    private Optional<Told> told(String name, String label, String value) {
        return catcher.told().stream()
                .filter(one -> one.name().equals(name) && one.label(label).equals(value))
                .reduce((before, after) -> after);
    }

    private static void assertTold(Told alert, String receiver, String summary) {
        String anchor = alert.name().toLowerCase(Locale.ROOT);
        assertAll(
                () -> assertEquals(receiver, alert.receiver()),
                () -> assertEquals(summary, alert.annotation("summary")),
                () -> assertFalse(alert.annotation("description").isBlank()),
                () -> assertTrue(
                        alert.annotation("runbook_url").endsWith("docs/runbook.md#" + anchor),
                        alert.annotation("runbook_url")),
                () -> assertTrue(
                        Files.readString(TestbedHome.root().resolve("docs/runbook.md"))
                                .contains("\n## " + alert.name() + "\n"),
                        "there is no section of that name"));
    }

    /** Alerts of a name that the Alertmanager knows and that are not over. */
    private List<JsonNode> firing(String name) {
        return alertmanager
                .alerts()
                .valueStream()
                .filter(alert -> alert.at("/labels/alertname").asText().equals(name))
                .toList();
    }

    private GenericKubernetesResource connection() {
        return client.genericKubernetesResources("tidegate.io/v1alpha1", "Connection")
                .inNamespace(namespace)
                .withName("kafka")
                .require();
    }

    /** The same as somebody would write it. */
    private static GenericKubernetesResource bare(GenericKubernetesResource connection) {
        GenericKubernetesResource bare = Serialization.clone(connection);
        bare.getMetadata().setResourceVersion(null);
        bare.getMetadata().setUid(null);
        bare.getMetadata().setManagedFields(null);
        return bare;
    }

    private boolean scales(String deployment, int replicas) {
        return kubectl.run("scale", "deployment/" + deployment, "-n", namespace, "--replicas=" + replicas)
                        .code()
                == 0;
    }

    private List<GenericKubernetesResource> noMoreThanOne(String deployment) {
        String name = "no-more-than-one-" + namespace;
        return List.of(
                Serialization.unmarshal("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: %1$s}
                spec:
                  failurePolicy: Fail
                  matchConstraints:
                    namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %2$s}}
                    resourceRules:
                      - {apiGroups: [apps], apiVersions: [v1], operations: [UPDATE], resources: [deployments/scale]}
                  matchConditions: [{name: one, expression: "object.metadata.name == '%3$s'"}]
                  # A size of 0 is left out.
                  validations: [{expression: "!has(object.spec.replicas) || object.spec.replicas <= 1", message: no more than one replica here}]
                """.formatted(name, namespace, deployment), GenericKubernetesResource.class),
                Serialization.unmarshal("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: %1$s}
                spec: {policyName: %1$s, validationActions: [Deny]}
                """.formatted(name), GenericKubernetesResource.class));
    }
}
