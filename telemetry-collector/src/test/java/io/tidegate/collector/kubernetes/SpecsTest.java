package io.tidegate.collector.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.tidegate.collector.kubernetes.Specs.RefusedSpecException;
import io.tidegate.collector.world.Endpoint;
import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.KafkaSignal.NoCommittedOffset;
import io.tidegate.contracts.policy.KafkaSignal.PartitionRange;
import io.tidegate.contracts.policy.KafkaSignal.Wake;
import io.tidegate.contracts.policy.PolicySpec;
import io.tidegate.contracts.policy.PrometheusSignal;
import io.tidegate.contracts.policy.ReplicaBounds;
import io.tidegate.contracts.policy.ResourceSignal;
import io.tidegate.contracts.policy.ResourceSignal.ResourceName;
import io.tidegate.contracts.policy.ScheduleSignal;
import io.tidegate.contracts.policy.SignalSpec;
import io.tidegate.contracts.policy.SpecProblem;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecsTest {

    private static final String TARGET = "scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: orders}\n";
    private static final String SPARK =
            "scaleTargetRef: {apiVersion: sparkoperator.k8s.io/v1beta2, kind: SparkApplication, name: daily-agg}\n";
    private static final String KAFKA = "kafka: {connectionRef: k, consumerGroup: g, topics: [t]}";

    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    record Bad(String name, String spec, String words) {}

    @Test
    void readsAPolicy() throws RefusedSpecException {
        PolicyFact policy = read(policy("""
                scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: orders}
                replicas: {min: 1, max: 40}
                objective: {maxLatency: 30s}
                signals:
                  - {name: lag, kafka: {connectionRef: k, consumerGroup: g, topics: [t], noCommittedOffset: Earliest, wake: Poll}}
                unknownField: {a: 1}
                """));
        assertEquals(new PolicyId("default", "sales", "orders"), policy.policy());
        assertEquals(new WorkloadId("default", "sales", "Deployment", "orders"), policy.workload());
        assertEquals("u1", policy.uid());
        assertEquals(7, policy.generation());
        assertEquals(Instant.parse("2026-11-20T10:00:00Z"), policy.createdAt());
        var kafka = Objects.requireNonNull(policy.spec().signals().getFirst().kafka());
        assertEquals(NoCommittedOffset.Earliest, kafka.noCommittedOffset());
        assertEquals(Wake.Poll, kafka.wake());
    }

    @Test
    void readsWhatIsWrittenOtherwiseThanItCrossesKafka() throws RefusedSpecException {
        PolicySpec spec = read(policy("""
                        scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: orders}
                        formula: ""
                        signals:
                          - {name: lag, kafka: {connectionRef: k, consumerGroup: g, topics: [t], partitions: "0,2,5-9", evenDistribution: true}}
                          - {name: cpu, resource: {name: cpu, averageValue: 1500m, container: app}}
                          - {name: memory, resource: {name: memory, averageValue: 2Gi, cpuInitializationPeriod: 0s}}
                          - {name: share, resource: {name: cpu, averageUtilization: 70}}
                          - {name: whole, resource: {name: cpu, averageValue: 2}}
                          - {name: night, schedule: {timeZone: UTC, start: 0 22 * * *, end: 0 6 * * *, replicas: 20}}
                          - {name: queued, prometheus: {connectionRef: p, query: sum(queued), averageValue: 2, activation: 500m, maxAge: 90s}}
                          - {name: busy, prometheus: {connectionRef: p, query: avg(busy), value: 700m}}
                        """)).spec();
        var kafka = Objects.requireNonNull(spec.signals().getFirst().kafka());
        assertEquals(
                List.of(new PartitionRange(0, 0), new PartitionRange(2, 2), new PartitionRange(5, 9)),
                kafka.partitions());
        assertEquals(true, kafka.evenDistribution());
        assertEquals(
                Stream.of(
                                new ResourceSignal(ResourceName.cpu, "app", null, 1_500L, FIVE_MINUTES, HALF_A_MINUTE),
                                new ResourceSignal(
                                        ResourceName.memory,
                                        null,
                                        null,
                                        2_147_483_648_000L,
                                        Duration.ZERO,
                                        HALF_A_MINUTE),
                                new ResourceSignal(ResourceName.cpu, null, 70, null, FIVE_MINUTES, HALF_A_MINUTE),
                                new ResourceSignal(ResourceName.cpu, null, null, 2_000L, FIVE_MINUTES, HALF_A_MINUTE))
                        .toList(),
                spec.signals().subList(1, 5).stream().map(SignalSpec::resource).toList());
        assertEquals(
                new ScheduleSignal("UTC", "0 22 * * *", "0 6 * * *", 20),
                spec.signals().get(5).schedule());
        assertEquals(
                List.of(
                        new PrometheusSignal("p", "sum(queued)", 2_000L, null, 500, Duration.ofSeconds(90)),
                        new PrometheusSignal("p", "avg(busy)", null, 700L, 0, Duration.ofMinutes(2))),
                spec.signals().subList(6, 8).stream()
                        .map(SignalSpec::prometheus)
                        .toList());
        assertNull(spec.formula());
    }

    @Test
    void namesASparkApplicationByItsObjectOrByItsPolicy() throws RefusedSpecException {
        PolicyFact byName = read(policy(SPARK + "executors: {min: 2, max: 80}\nobjective: {duration: 40m}"));
        PolicyFact byLabels =
                read(policy("selector: {matchLabels: {pipeline: nightly}}\nexecutors: {min: 2, max: 80}"));

        assertEquals(new WorkloadId("default", "sales", "SparkApplication", "daily-agg"), byName.workload());
        assertEquals(new WorkloadId("default", "sales", "SparkDriver", "orders"), byLabels.workload());
        assertEquals(
                Map.of("pipeline", "nightly"),
                Objects.requireNonNull(byLabels.spec().selector()).matchLabels());
        assertEquals(new ReplicaBounds(2, 80), byLabels.spec().replicas());
    }

    @Test
    void aSparkApplicationWhoseRulesCannotBeReadIsKnownByItsName() {
        assertEquals(
                List.of("SparkApplication/daily-agg", "SparkDriver/orders", "Deployment/orders"),
                Stream.of(
                                SPARK + "objective: {duration: soon}",
                                "selector: {matchLabels: {pipeline: nightly}}",
                                TARGET + "executors: {max: 1}")
                        .map(spec -> Specs.withoutRules("default", policy(spec))
                                .orElseThrow()
                                .workload())
                        .map(workload -> workload.kind() + "/" + workload.name())
                        .toList());
        assertTrue(Specs.withoutRules("default", policy("signals: []")).isEmpty());
        assertTrue(Specs.withoutRules("default", policy("selector: {matchLabels: {'a=b': c}}"))
                .isEmpty());
    }

    @ParameterizedTest
    @MethodSource("badPolicies")
    void refusesAPolicy(Bad bad) {
        RefusedSpecException refused =
                assertThrows(RefusedSpecException.class, () -> read(policy(bad.spec())), bad.name());
        String words = Objects.requireNonNull(refused.getMessage());
        assertTrue(words.contains(bad.words()), words);
        assertTrue(words.length() < 1000, () -> "the words have " + words.length() + " characters");
    }

    static Stream<Bad> badPolicies() {
        return Stream.of(
                new Bad("no target", "signals: []", "scaleTargetRef"),
                new Bad("target is text", "scaleTargetRef: text", "not valid"),
                new Bad("target is null", "scaleTargetRef: null", "scaleTargetRef"),
                target("apps/v1", "Deployment", "../../secrets/x", "scaleTargetRef.name"),
                target("apps/v1", "Deployment", "x?watch=1", "scaleTargetRef.name"),
                target("../v1", "Deployment", "x", "scaleTargetRef.apiVersion"),
                target("apps/v1", "a/b", "x", "scaleTargetRef.kind"),
                target("tidegate.io/v1alpha1", "ScalingPolicy", "x", "can't scale"),
                new Bad("replicas is text", TARGET + "replicas: {min: many}", "not valid"),
                new Bad("replicas is a fraction", TARGET + "replicas: {min: 1.5}", "not valid"),
                new Bad("replicas is huge", TARGET + "replicas: {min: 99999999999}", "not valid"),
                new Bad("bad duration", TARGET + "objective: {maxLatency: soon}", "not valid"),
                new Bad("no latency", TARGET + "objective: {percentile: 50}", "not valid"),
                new Bad(
                        "no topics",
                        TARGET + "signals: [{name: a, kafka: {connectionRef: k, consumerGroup: g}}]",
                        "not valid"),
                new Bad(
                        "two of one name",
                        TARGET + "signals: [{name: a, " + KAFKA + "}, {name: a, " + KAFKA + "}]",
                        "two signals named a"),
                new Bad("signal without a name", TARGET + "signals: [{" + KAFKA + "}]", "not valid"),
                signal("a name that is taken", "usage, resource: {name: cpu, averageUtilization: 1}", "named usage"),
                signal("no quantity", "a, resource: {name: cpu, averageValue: much}", "'much' is not a quantity"),
                signal("a negative quantity", "a, resource: {name: cpu, averageValue: -1}", "'-1' is negative"),
                signal("a fraction", "a, resource: {name: cpu, averageValue: 1.5}", "must be a quantity"),
                signal("a huge quantity", "a, resource: {name: cpu, averageValue: 1e30}", "must be a quantity"),
                signal("a huge text", "a, resource: {name: cpu, averageValue: '1e30'}", "more than can be counted"),
                signal("nothing used", "a, resource: {name: cpu, averageValue: 0}", "not valid"),
                signal("no target", "a, resource: {name: cpu}", "not valid"),
                signal("both targets", "a, resource: {name: cpu, averageValue: 1, averageUtilization: 1}", "not valid"),
                signal("no such resource", "a, resource: {name: gpu, averageUtilization: 1}", "not valid"),
                signal("two kinds", "a, resource: {name: cpu, averageUtilization: 1}, " + KAFKA, "not valid"),
                signal("half a schedule", "a, schedule: {timeZone: UTC, start: 0 22 * * *}", "not valid"),
                partitions("5-2", "not valid"),
                partitions("5,", "0,2,5-9"),
                partitions("-1", "0,2,5-9"),
                partitions("99999999999999999999", "0,2,5-9"),
                partitions(String.join(",", Collections.nCopies(101, "1")), "0,2,5-9"),
                new Bad(
                        "two targets",
                        TARGET + "selector: {matchLabels: {a: b}}",
                        "exactly one of scaleTargetRef and selector"),
                new Bad("no executors", SPARK, "a Spark application needs executors, such as {min: 2, max: 80}"),
                new Bad(
                        "executors of a Deployment",
                        TARGET + "executors: {min: 0, max: 1}",
                        "for Spark applications only"),
                new Bad(
                        "a selector in a value",
                        "selector: {matchLabels: {a: 'b,c!=d'}}\nexecutors: {min: 0, max: 1}",
                        "a value that no label can have"),
                signal("spark", "spark, " + KAFKA, "must not be named spark"),
                new Bad("formula is a list", TARGET + "formula: [a]", "not valid"),
                new Bad("signal is null", TARGET + "signals: [null]", "not valid"),
                new Bad("too long", TARGET + "mode: '" + "x".repeat(200_000) + "'", "bytes"));
    }

    private static Bad signal(String name, String signal, String words) {
        return new Bad(name, TARGET + "signals: [{name: " + signal + "}]", words);
    }

    private static Bad partitions(String text, String words) {
        return signal(
                "partitions " + text,
                "a, kafka: {connectionRef: k, consumerGroup: g, topics: [t], partitions: '" + text + "'}",
                words);
    }

    private static Bad target(String apiVersion, String kind, String name, String words) {
        return new Bad(
                apiVersion + " " + kind + " " + name,
                "scaleTargetRef: {apiVersion: '%s', kind: '%s', name: '%s'}".formatted(apiVersion, kind, name),
                words);
    }

    @Test
    void saysWhichFieldIsNotValid() {
        RefusedSpecException refused =
                assertThrows(RefusedSpecException.class, () -> read(policy(TARGET + "replicas: {min: 5, max: 3}")));
        assertEquals(
                "the spec is not valid: replicas: replicas must satisfy 0 <= min <= max and max >= 1: min 5, max 3",
                Objects.requireNonNull(refused.getMessage()).replaceFirst("Cannot construct.*problem: ", ""));
        assertEquals(SpecProblem.INVALID_SPEC, refused.reason());
    }

    @Test
    void refusesAPolicyWithoutASpec() {
        GenericKubernetesResource resource = policy("{}");
        resource.getAdditionalProperties().remove("spec");
        assertThrows(RefusedSpecException.class, () -> read(resource));
    }

    @Test
    void refusesASpecThatIsNestedDeeply() {
        GenericKubernetesResource resource = policy("{}");
        Map<String, Object> deep = Map.of();
        for (int depth = 0; depth < 500; depth++) {
            deep = Map.of("a", deep);
        }
        resource.getAdditionalProperties().put("spec", deep);
        assertThrows(RefusedSpecException.class, () -> read(resource));
    }

    @Test
    void readsAConnectionAsASortedList() throws RefusedSpecException {
        assertEquals(
                new Endpoint.Kafka("a:9092,b:9092"),
                Specs.connection(connection("kafka: {bootstrapServers: ['b:9092', 'a:9092', 'b:9092']}")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://prometheus.monitoring.svc:9090",
                "https://metrics.example/tenant/a/",
                "http://[2001:db8::1]:9090",
                "http://127.0.0.1:9090"
            })
    void readsAConnectionToAPrometheus(String url) throws RefusedSpecException {
        assertEquals(
                new Endpoint.Prometheus(URI.create(url)),
                Specs.connection(connection("prometheus: {url: '" + url + "'}")));
    }

    @ParameterizedTest
    @MethodSource("badConnections")
    void refusesAConnection(String spec) {
        assertThrows(RefusedSpecException.class, () -> Specs.connection(connection(spec)), spec);
    }

    static Stream<String> badConnections() {
        return Stream.of(
                "{}",
                "kafka: {}",
                "kafka: null",
                "kafka: {bootstrapServers: []}",
                "kafka: {bootstrapServers: [null]}",
                "kafka: {bootstrapServers: ['no-port']}",
                "kafka: {bootstrapServers: ['a:9092,b:9092']}",
                "kafka: {bootstrapServers: [\"a:9092\\nsasl.jaas.config=x\"]}",
                "kafka: {bootstrapServers: text}",
                "prometheus: {}",
                "prometheus: {url: x}",
                "prometheus: {url: 'file:///etc/passwd'}",
                "prometheus: {url: 'http://user:secret@host:9090'}",
                "prometheus: {url: 'http://host:9090/?x=1'}",
                "prometheus: {url: 'http://host:9090/#x'}",
                "prometheus: {url: \"http://host:9090\\n/x\"}",
                "prometheus: {url: 'http://host:0'}",
                "prometheus: {url: 'http://host:70000'}",
                "prometheus: {url: 'http://169.254.169.254/latest'}",
                "prometheus: {url: 'http://[fe80::1]:9090'}",
                "prometheus: {url: 'http://0.0.0.0:9090'}",
                "prometheus: {url: 'http://224.0.0.1:9090'}",
                "prometheus: {url: 'http://999.999.999.999:9090'}",
                "prometheus: {url: 'http://" + "h".repeat(512) + "'}",
                "{kafka: {bootstrapServers: ['a:9092']}, prometheus: {url: 'http://host:9090'}}");
    }

    private static PolicyFact read(GenericKubernetesResource resource) throws RefusedSpecException {
        return Specs.policy("default", resource, new EffectiveSpecs.Merged(Specs.tree(resource), null));
    }

    private static GenericKubernetesResource policy(String spec) {
        return resource("ScalingPolicy", spec);
    }

    private static GenericKubernetesResource connection(String spec) {
        return resource("Connection", spec);
    }

    private static GenericKubernetesResource resource(String kind, String spec) {
        return ApiObjects.of("""
                apiVersion: tidegate.io/v1alpha1
                kind: %s
                metadata: {name: orders, namespace: sales, uid: u1, generation: 7, creationTimestamp: "2026-11-20T10:00:00Z"}
                spec:
                %s""".formatted(kind, spec.indent(2)));
    }
}
