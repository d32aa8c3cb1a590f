package io.tidegate.it.deploy;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.testbed.controlplane.ControlPlane;
import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.helm.Helm;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.process.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each manifest that is shipped or rendered is one that a real API server takes, as strictly as it checks. */
@OnTestbed
@Tag("deploy")
class DryRunIT {

    private static final Path K8S = TestbedHome.root().resolve("k8s");
    private static final List<String> NAMESPACES =
            List.of("tidegate", "team-a", "team-b", "argocd", "flux-system", "sales", "kafka");

    private final SharedTestbed testbed;
    private final Kubectl kubectl;
    private final Helm helm;

    DryRunIT(SharedTestbed testbed, ControlPlane plane) {
        this.testbed = testbed;
        this.kubectl = new Kubectl(plane, testbed.directory().folder("kubectl"));
        this.helm = Helm.locate(testbed.directory().folder("helm"), Progress.console());
    }

    /** Namespaces and the kinds of others, so that nothing is refused for want of them. */
    @BeforeEach
    void prepare() throws IOException {
        KubernetesClient client = testbed.controlPlane().client();
        for (String namespace : NAMESPACES) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(namespace)
                            .endMetadata()
                            .build())
                    .serverSideApply();
        }
        try (InputStream kinds = Objects.requireNonNull(
                DryRunIT.class.getResourceAsStream("foreign-kinds.yaml"), "no foreign-kinds.yaml on the class path")) {
            client.load(kinds)
                    .serverSideApply()
                    .forEach(kind -> client.resource((CustomResourceDefinition) kind)
                            .waitUntilCondition(
                                    crd -> crd.getStatus() != null
                                            && crd.getStatus().getConditions() != null
                                            && crd.getStatus().getConditions().stream()
                                                    .anyMatch(each -> each.getType()
                                                                    .equals("Established")
                                                            && each.getStatus().equals("True")),
                                    30,
                                    TimeUnit.SECONDS));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{watch: {namespaces: [team-a, team-b]}, admissionPolicy: {validationActions: [Audit, Warn]}}",
                "{monitoring: {podMonitor: {enabled: true}, serviceMonitor: {enabled: true}, labels: {release: prom}}}",
                "{monitoring: {podMonitor: {enabled: true}, scrapeProtocols: [OpenMetricsText1.0.0]}}",
                "{strimzi: {topics: {enabled: true}, users: {enabled: true}}, topics: {create: false, replicationFactor: 3}}",
                "{strimzi: {users: {enabled: true, authentication: scram-sha-512}, namespace: kafka}}",
                "{kafka: {existingSecret: kafka, bootstrapServers: 'a:9093,b:9094', properties: {security.protocol: SSL}}}",
                "{engine: {persistence: {enabled: true, storageClassName: fast}, replicas: 3, priorityClassName: high}}",
                "{image: {registry: mirror.example, pullSecrets: [{name: pull}]}, podSecurityContext: {runAsUser: null}}",
                "{networkPolicy: {kafka: {to: [{ipBlock: {cidr: 10.0.0.0/8}}], extraPorts: [9094]}, api: {from: [{podSelector: {}}]}}}",
                "{extraObjects: [{apiVersion: v1, kind: ConfigMap, metadata: {name: more}}]}"
            })
    void takesTheChart(String values) throws IOException {
        taken(helm.template("--values", file(values).toString()));
    }

    @Test
    void takesDashboardsAndRulesThatTheChartHolds() throws IOException {
        Path chart = testbed.directory().folder("chart-with-dashboards");
        copy(Helm.chart(), chart);
        Files.createDirectories(chart.resolve("files/dashboards"));
        Files.createDirectories(chart.resolve("files/rules"));
        Files.writeString(
                chart.resolve("files/dashboards/tidegate-a-test.json"), "{\"title\": \"{{ braces }} \\\"quoted\\\"\"}");
        Files.writeString(chart.resolve("files/rules/tidegate-a-test.rules.yaml"), """
                groups:
                  - name: test
                    rules:
                      - {alert: Test, expr: up == 0, for: 5m, labels: {severity: warning}, annotations: {summary: "{{ $labels.job }} is down"}}
                """);
        String rendered = helm.run(
                "template",
                "tidegate",
                chart.toString(),
                "--namespace",
                "tidegate",
                "--set",
                "monitoring.dashboards.enabled=true,monitoring.prometheusRule.enabled=true");
        taken(rendered);
        assertTrue(rendered.contains("name: tidegate-a-test\n"), "the rules have another name");
        assertTrue(rendered.contains("name: tidegate-dashboard-a-test\n"), "the dashboard has another name");
        assertTrue(rendered.contains("{{ $labels.job }} is down"), "templates of alerts were rendered by helm");
        assertTrue(rendered.contains("{{ braces }}"), "dashboards were rendered by helm");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base",
                "overlays/dev",
                "overlays/prod",
                "overlays/multi-tenant",
                "overlays/eks",
                "overlays/gke",
                "overlays/aks",
                "overlays/onprem"
            })
    void takesWhatKustomizeBuilds(String folder) {
        Kubectl.Result built = kubectl.run(
                "kustomize", K8S.resolve("kustomize").resolve(folder).toString());
        assertEquals(0, built.code(), built.output());
        taken(built.output());
    }

    /** Each component on the base, those too that no overlay has. */
    @ParameterizedTest
    @ValueSource(strings = {"engine-storage", "monitoring", "network-policy", "oidc", "tls"})
    void takesTheBaseWithEachComponent(String component) throws IOException {
        Path overlay = testbed.directory().folder("overlay-" + component);
        Path kustomize = K8S.resolve("kustomize");
        Files.writeString(overlay.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources: [%s]
                components: [%s]
                """.formatted(
                        overlay.relativize(kustomize.resolve("base")),
                        overlay.relativize(kustomize.resolve("components").resolve(component))));
        Kubectl.Result built = kubectl.run("kustomize", overlay.toString());
        assertEquals(0, built.code(), built.output());
        taken(built.output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gitops/argocd", "gitops/flux", "crossplane/tidegate"})
    void takesTheExamplesForToolsOfOthers(String folder) throws IOException {
        try (Stream<Path> files = Files.list(K8S.resolve(folder))) {
            for (Path file : files.toList()) {
                taken(Files.readString(file));
            }
        }
    }

    /** Without orders.yaml, whose kind is what Crossplane itself makes of the definition. */
    @Test
    void takesTheDefinitionAndTheCompositionForCrossplane() throws IOException {
        for (String file : List.of("definition.yaml", "composition.yaml")) {
            taken(Files.readString(K8S.resolve("crossplane/consumer").resolve(file)));
        }
    }

    @Test
    void takesAnEngineBesideTheRunningOne() {
        taken(helm.template("--values", K8S.resolve("gitops/green/values.yaml").toString()));
    }

    @Test
    void refusesAMisspeltField() {
        Kubectl.Result refused = kubectl.dryRun("""
                apiVersion: v1
                kind: Service
                metadata: {name: misspelt, namespace: tidegate}
                spec: {slector: {}, ports: [{port: 1}]}
                """);
        assertTrue(refused.code() != 0 && refused.output().contains("slector"), refused.output());
    }

    private void taken(String manifests) {
        Kubectl.Result result = kubectl.dryRun(manifests);
        assertAll(
                () -> assertEquals(0, result.code(), result.output()),
                // Such as unknown types in expressions of admission policies, or pods that the namespace would refuse.
                () -> assertTrue(!result.output().contains("Warning"), result.output()));
    }

    private Path file(String values) throws IOException {
        Path file = Files.createTempFile(testbed.directory().folder("values"), "values-", ".yaml");
        return Files.writeString(file, values, StandardCharsets.UTF_8);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
