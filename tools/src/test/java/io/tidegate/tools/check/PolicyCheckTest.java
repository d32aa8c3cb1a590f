package io.tidegate.tools.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.tools.manifest.ManifestFile;
import io.tidegate.tools.manifest.ManifestReader;
import io.tidegate.tools.schema.CustomResources;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyCheckTest {

    private static final PolicyCheck CHECK = new PolicyCheck(CustomResources.shipped());

    private static final String POLICY = """
            apiVersion: tidegate.io/v1alpha1
            kind: ScalingPolicy
            metadata: {name: p, namespace: ns}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: x}
              replicas: {min: 1}
              signals: [{name: cpu, resource: {name: cpu, averageUtilization: 70}}]
            """;
    private static final String SHADOW = POLICY + "  mode: Shadow\n";
    private static final String DEPLOYMENT =
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: x, namespace: ns}, spec: {template: {}}}\n";
    private static final String HPA = """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: h, namespace: ns}
            spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: x}}
            """;
    private static final String SCALED_OBJECT = """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: s, namespace: ns}
            spec: {scaleTargetRef: {name: x}}
            """;
    private static final String VPA = """
            apiVersion: autoscaling.k8s.io/v1
            kind: VerticalPodAutoscaler
            metadata: {name: v, namespace: ns}
            spec: {targetRef: {apiVersion: apps/v1, kind: Deployment, name: x}}
            """;

    private static final String NAMESPACE = """
            apiVersion: v1
            kind: Namespace
            metadata:
              name: ns
              annotations: {limits.tidegate.io/max-replicas: "20", limits.tidegate.io/max-executors: "8", limits.tidegate.io/kinds: "Deployment, SparkApplication"}
            """;
    private static final String SHADOW_ONLY =
            NAMESPACE.replace("{limits.", "{limits.tidegate.io/modes: Shadow, limits.");

    record Case(String name, List<String> documents, List<String> found) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static String limited(String replicas) {
        return POLICY.replace("replicas: {min: 1}", "replicas: " + replicas);
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("a policy alone", List.of(POLICY), List.of()),
                new Case("a policy and its Deployment", List.of(POLICY, DEPLOYMENT), List.of()),
                new Case(
                        "the same name twice",
                        List.of(POLICY, POLICY),
                        List.of("f:11 error metadata.name: the same ScalingPolicy is already in f:3")),
                new Case("the same name in two namespaces", List.of(POLICY, moved(POLICY)), List.of()),
                new Case(
                        "two policies for one target",
                        List.of(POLICY, POLICY.replace("name: p,", "name: q,").replace("apps/v1", "apps/v1beta2")),
                        List.of("f:13 error spec.scaleTargetRef: ScalingPolicy p (f:3) already scales this workload")),
                new Case(
                        "two policies for one application, by labels",
                        List.of(spark("p"), spark("q")),
                        List.of("f:12 error spec.selector: ScalingPolicy p (f:3) already scales this workload")),
                new Case("within the limits of its namespace", List.of(NAMESPACE, limited("{max: 20}")), List.of()),
                new Case(
                        "beyond the limits of its namespace",
                        List.of(NAMESPACE, limited("{max: 21}"), moved(limited("{max: 21}"))),
                        List.of(
                                "f:12 error spec.replicas.max: in the namespace ns a policy must give replicas.max, of at most 20")),
                new Case(
                        "without a largest size where the namespace has a limit",
                        List.of(NAMESPACE, POLICY),
                        List.of(
                                "f:7 error spec.replicas.max: in the namespace ns a policy must give replicas.max, of at most 20")),
                new Case(
                        "of a kind that the namespace does not allow",
                        List.of(NAMESPACE, limited("{max: 2}").replace("kind: Deployment", "kind: StatefulSet")),
                        List.of(
                                "f:11 error spec.scaleTargetRef.kind: in the namespace ns a policy may scale only Deployment, SparkApplication, not a StatefulSet")),
                new Case(
                        "more executors than the namespace allows",
                        List.of(NAMESPACE, spark("p").replace("{name: p}", "{name: p, namespace: ns}")),
                        List.of("f:12 error spec.executors.max: in the namespace ns executors.max may be at most 8")),
                new Case(
                        "a mode that the namespace does not allow",
                        List.of(SHADOW_ONLY, limited("{max: 2}")),
                        List.of("f:7 error spec.mode: in the namespace ns a policy must give its mode, one of Shadow")),
                new Case(
                        "an HPA",
                        List.of(POLICY, HPA),
                        List.of(
                                "f:5 error spec.scaleTargetRef: HorizontalPodAutoscaler ns/h (f:9) scales the same workload")),
                new Case(
                        "an HPA, in Shadow",
                        List.of(SHADOW, HPA),
                        List.of(
                                "f:5 warning spec.scaleTargetRef: HorizontalPodAutoscaler ns/h (f:10) scales the same workload")),
                new Case(
                        "an HPA, in Shadow by a profile",
                        List.of(
                                POLICY,
                                HPA,
                                "{apiVersion: tidegate.io/v1alpha1, kind: ScalingProfile, metadata: {name: default}, spec: {mode: Shadow}}\n"),
                        List.of(
                                "f:5 warning spec.scaleTargetRef: HorizontalPodAutoscaler ns/h (f:9) scales the same workload")),
                new Case("an HPA elsewhere", List.of(POLICY, moved(HPA)), List.of()),
                new Case(
                        "a ScaledObject",
                        List.of(POLICY, SCALED_OBJECT),
                        List.of("f:5 error spec.scaleTargetRef: ScaledObject ns/s (f:9) scales the same workload")),
                new Case(
                        "a paused ScaledObject",
                        List.of(
                                POLICY,
                                SCALED_OBJECT.replace(
                                        "namespace: ns",
                                        "namespace: ns, annotations: {autoscaling.keda.sh/paused: 'true'}")),
                        List.of()),
                new Case(
                        "a VPA that changes requests under a utilization",
                        List.of(POLICY, VPA),
                        List.of(
                                "f:7 error spec.signals: VerticalPodAutoscaler ns/v (f:9) changes what the pods of this workload request")),
                new Case(
                        "a VPA that changes requests",
                        List.of(POLICY.replace("averageUtilization: 70", "averageValue: 500m"), VPA),
                        List.of(
                                "f:5 warning spec.scaleTargetRef: VerticalPodAutoscaler ns/v (f:9) changes what the pods of this workload request")),
                new Case(
                        "a VPA that only recommends",
                        List.of(POLICY, VPA.replace("spec: {", "spec: {updatePolicy: {updateMode: 'Off'}, ")),
                        List.of()),
                new Case(
                        "a size in Git",
                        List.of(POLICY, DEPLOYMENT.replace("spec: {", "spec: {replicas: 3, ")),
                        List.of("f:9 warning spec.replicas: sets the size that ScalingPolicy p (f:1) decides")),
                new Case(
                        "a size in Git, in Shadow",
                        List.of(SHADOW, DEPLOYMENT.replace("spec: {", "spec: {replicas: 3, ")),
                        List.of()),
                new Case(
                        "a target that is not there",
                        List.of(POLICY.replace("name: x}", "name: other}"), DEPLOYMENT),
                        List.of(
                                "f:5 warning spec.scaleTargetRef.name: there is no Deployment other in these files, though other objects of its namespace are")),
                new Case(
                        "a target of a namespace that is not described", List.of(POLICY, moved(DEPLOYMENT)), List.of()),
                new Case(
                        "a connection that is not there",
                        List.of(
                                POLICY.replace(
                                        "resource: {name: cpu, averageUtilization: 70}",
                                        "kafka: {connectionRef: c, consumerGroup: g, topics: [t]}"),
                                DEPLOYMENT),
                        List.of(
                                "f:7 warning spec.signals[0].kafka.connectionRef: there is no Connection c in these files, though other objects of its namespace are")),
                new Case(
                        "a connection to a Prometheus that is not there",
                        List.of(
                                POLICY.replace(
                                        "resource: {name: cpu, averageUtilization: 70}",
                                        "prometheus: {connectionRef: c, query: up, averageValue: 4}"),
                                DEPLOYMENT),
                        List.of(
                                "f:7 warning spec.signals[0].prometheus.connectionRef: there is no Connection c in these files, though other objects of its namespace are")),
                new Case(
                        "a version that does not exist",
                        List.of(POLICY.replace("v1alpha1", "v1")),
                        List.of(
                                "f:1 error apiVersion: no matches for kind \"ScalingPolicy\" in version \"tidegate.io/v1\"")),
                new Case(
                        "bad metadata",
                        List.of(POLICY.replace("{name: p, namespace: ns}", "{name: P_1, namspace: n}")),
                        List.of(
                                "f:3 error metadata.namspace: unknown field \"metadata.namspace\"",
                                "f:3 error metadata.name: Invalid value: \"P_1\": no name that an object can have")),
                new Case(
                        "no name",
                        List.of(POLICY.replace("{name: p, ", "{")),
                        List.of("f:3 error metadata.name: Required value: an object needs a name")));
    }

    private static String moved(String manifest) {
        return manifest.replace("namespace: ns", "namespace: elsewhere");
    }

    private static String spark(String name) {
        return """
                apiVersion: tidegate.io/v1alpha1
                kind: ScalingPolicy
                metadata: {name: %s}
                spec:
                  selector: {matchLabels: {pipeline: nightly}}
                  executors: {max: 9}
                """.formatted(name);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void finds(Case each) {
        ManifestFile file = ManifestReader.parse(String.join("---\n", each.documents()), "f");
        assertEquals(
                each.found(),
                CHECK.check(List.of(file)).findings().stream()
                        .map(finding -> finding.place() + " "
                                + finding.severity().name().toLowerCase(Locale.ROOT) + " "
                                + finding.path() + ": " + finding.message())
                        .toList());
    }
}
