package io.tidegate.collector;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.fact.PolicyTombstone;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.contracts.fact.TickFact;
import io.tidegate.contracts.fact.WorkloadFact;
import io.tidegate.contracts.fact.WorkloadTombstone;
import io.tidegate.contracts.policy.Inherited;
import io.tidegate.contracts.policy.SpecProblem;
import io.tidegate.contracts.topic.TopicCreation;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The built collector between a real API server and a real broker. */
@OnTestbed
class CollectorIT {

    private static final int SHARDS = 12;

    private final SharedTestbed testbed;
    private final KubernetesClient client;
    private final String namespace;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private String topic = "";
    private ClusterObjects objects;

    CollectorIT(SharedTestbed testbed, Isolation isolation) {
        this.testbed = testbed;
        this.client = testbed.controlPlane().client();
        this.namespace = isolation.namespace();
        this.objects = new ClusterObjects(client, namespace, topic);
        Map<String, Object> kafka = Map.of("bootstrap.servers", testbed.broker().bootstrapServers());
        this.admin = Admin.create(kafka);
        this.producer = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @BeforeEach
    void install(TestInfo test) throws IOException, ExecutionException, InterruptedException {
        topic = namespace + "." + test.getTestMethod().orElseThrow().getName();
        objects = new ClusterObjects(client, namespace, topic);
        objects.install();
        assertEquals(SHARDS, new TopicCreation(admin, SHARDS, Optional.empty()).ensure());
        objects.connection(testbed.broker().bootstrapServers());
        admin.createTopics(Set.of(new NewTopic(topic, Optional.of(4), Optional.empty())))
                .all()
                .get();
    }

    @AfterEach
    void close() {
        producer.close();
        admin.close();
    }

    @Test
    void tellsWhatAWorkloadIsLikeAndHowFarItsConsumersAreBehind()
            throws InterruptedException, IOException, ExecutionException {
        try (FactsFollower facts = new FactsFollower(testbed.broker().bootstrapServers());
                RunningCollector collector =
                        RunningCollector.start(testbed, namespace, Map.of()).awaitReady()) {
            assertHasAllSeries(collector.get("/q/metrics"));
            objects.policy("orders");
            facts.awaitFact(PolicyFact.class, policyKey("orders"), policy -> true);
            WorkloadFact missing = facts.awaitFact(WorkloadFact.class, workloadKey("orders"), workload -> true);
            assertEquals(null, missing.scale());
            assertEquals("Deployment orders does not exist in namespace " + namespace, missing.problem());

            objects.deployment("orders", 1);
            WorkloadFact ready = facts.awaitFact(
                    WorkloadFact.class,
                    workloadKey("orders"),
                    workload -> workload.pods().ready() == 1);
            assertEquals(new WorkloadFact.ScaleResource("apps/v1", "deployments"), ready.scale());
            assertEquals(1, ready.replicas());
            assertTrue(ready.lastStartMillis() != null, "the start of the pod was observed");

            facts.awaitFact(SampleFact.class, workloadKey("orders"), sample -> lag(sample) == 0);
            facts.clear();
            produce(20);
            facts.awaitFact(SampleFact.class, workloadKey("orders"), sample -> lag(sample) == 20);
            commitAll();
            facts.awaitFact(SampleFact.class, workloadKey("orders"), sample -> lag(sample) == 0);

            client.apps()
                    .deployments()
                    .inNamespace(namespace)
                    .withName("orders")
                    .scale(3);
            facts.awaitFact(
                    WorkloadFact.class,
                    workloadKey("orders"),
                    workload -> workload.pods().ready() == 3);

            objects.deletePolicy("orders");
            facts.awaitFact(PolicyTombstone.class, policyKey("orders"), tombstone -> true);
            facts.awaitFact(WorkloadTombstone.class, workloadKey("orders"), tombstone -> true);
        }
    }

    @Test
    void tellsPodsWithWhatTheyUseOnlyWhereAResourceSignalAsksForIt() {
        objects.deployment("measured", 2);
        objects.resourcePolicy("measured");
        try (FactsFollower facts = new FactsFollower(testbed.broker().bootstrapServers());
                RunningCollector collector =
                        RunningCollector.start(testbed, namespace, Map.of()).awaitReady()) {
            SampleFact ready = facts.awaitFact(
                    SampleFact.class,
                    workloadKey("measured"),
                    sample -> pods(sample).size() == 2
                            && pods(sample).stream().allMatch(pod -> Objects.equals(pod.ready(), true)));
            assertEquals(SampleFact.USAGE, ready.signal());
            Reading.PodReading unmeasured = pods(ready).getFirst();
            assertEquals(Reading.PodReading.Phase.Running, unmeasured.phase());
            assertTrue(unmeasured.readyChangedAt() != null && unmeasured.startedAt() != null);
            assertNull(unmeasured.sampledAt());
            assertEquals(
                    List.of(new Reading.ContainerReading("consumer", 500L, 134_217_728L, null, null)),
                    unmeasured.containers());

            String measured = objects.usage("measured", "250000001n");
            SampleFact used = facts.awaitFact(
                    SampleFact.class,
                    workloadKey("measured"),
                    sample -> pods(sample).stream().anyMatch(pod -> pod.sampledAt() != null));
            Reading.PodReading pod = pods(used).stream()
                    .filter(each -> each.name().equals(measured))
                    .findFirst()
                    .orElseThrow();
            assertEquals(15_000L, pod.windowMillis());
            assertEquals(
                    List.of(new Reading.ContainerReading("consumer", 500L, 134_217_728L, 251L, 67_108_864L)),
                    pod.containers());

            objects.usage("measured", "-1");
            SampleFact broken = facts.awaitFact(
                    SampleFact.class, workloadKey("measured"), sample -> sample.reading() instanceof Reading.Failed);
            assertEquals(
                    new Reading.Failed(
                            "the metrics of pod " + measured
                                    + " can't be used: container consumer: what it uses is not a quantity, or negative or too large"),
                    broken.reading());
            assertSame(collector, collector.awaitReady());

            objects.usage("measured", "1");
            facts.clear();
            client.apps()
                    .deployments()
                    .inNamespace(namespace)
                    .withName("measured")
                    .scale(3);
            facts.awaitFact(
                    SampleFact.class,
                    workloadKey("measured"),
                    sample -> pods(sample).size() == 3);
            objects.deletePolicy("measured");
            facts.awaitFact(WorkloadTombstone.class, workloadKey("measured"), tombstone -> true);
        }
    }

    @Test
    void tellsPoliciesWithWhatTheyInherit() {
        String profile = namespace + "-batch";
        objects.profile(profile, "{replicas: {max: 77}}");
        objects.inheritingPolicy("heir", profile);
        objects.policy("other");
        try (FactsFollower facts = new FactsFollower(testbed.broker().bootstrapServers());
                RunningCollector collector =
                        RunningCollector.start(testbed, namespace, Map.of()).awaitReady()) {
            PolicyFact first = facts.awaitFact(
                    PolicyFact.class,
                    policyKey("heir"),
                    policy -> policy.spec().replicas().max() == 77);
            assertEquals(new Inherited(profile, List.of("replicas.max")), first.inherited());

            objects.annotateNamespace(profile);
            facts.awaitFact(
                    PolicyFact.class,
                    policyKey("other"),
                    policy -> policy.spec().replicas().max() == 77);

            objects.profile(profile, "{replicas: {max: 78}}");
            for (String name : List.of("heir", "other")) {
                facts.awaitFact(
                        PolicyFact.class,
                        policyKey(name),
                        policy -> policy.spec().replicas().max() == 78);
            }

            objects.deleteProfile(profile);
            PolicyFact orphan =
                    facts.awaitFact(PolicyFact.class, policyKey("heir"), policy -> policy.problem() != null);
            assertEquals(78, orphan.spec().replicas().max(), "the last good spec stays");
            assertEquals(
                    new SpecProblem(
                            "ProfileNotFound",
                            "spec.profileRef names the ScalingProfile " + profile + ", which does not exist"),
                    orphan.problem());

            objects.inheritingPolicy("late", profile);
            PolicyFact late = facts.awaitFact(PolicyFact.class, policyKey("late"), policy -> true);
            assertEquals(List.of(), late.spec().signals(), "nothing is decided by a spec that never was good");
            assertSame(collector, collector.awaitReady());
            for (String name : List.of("heir", "other", "late")) {
                objects.deletePolicy(name);
                facts.awaitFact(PolicyTombstone.class, policyKey(name), tombstone -> true);
            }
        } finally {
            // All tests of the class share the namespace.
            objects.annotateNamespace("");
        }
    }

    private static List<Reading.PodReading> pods(SampleFact sample) {
        return sample.reading() instanceof Reading.Pods pods ? pods.pods() : List.of();
    }

    @Test
    void wakesWithinMillisecondsOfARecord() throws InterruptedException, ExecutionException {
        objects.deployment("fast", 0);
        objects.policy("fast");
        try (FactsFollower facts = new FactsFollower(testbed.broker().bootstrapServers());
                RunningCollector collector =
                        RunningCollector.start(testbed, namespace, Map.of()).awaitReady()) {
            facts.awaitFact(PolicyFact.class, policyKey("fast"), policy -> true);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> collector.get("/q/metrics").contains("tidegate_signals{state=\"watched\"} 1.0"));
            facts.clear();
            long acknowledgedAt = produce(1);
            facts.awaitFact(SampleFact.class, workloadKey("fast"), sample -> lag(sample) == 1);
            long appendedAt = facts.seen().stream()
                    .filter(seen -> seen.fact() instanceof SampleFact sample && lag(sample) == 1)
                    .findFirst()
                    .orElseThrow()
                    .appendedAt();
            // A poll each 5 s is all there is besides the wake; measured 3 to 12 ms on a machine at rest.
            assertTrue(appendedAt - acknowledgedAt < 2_000, () -> (appendedAt - acknowledgedAt) + " ms");
            objects.deletePolicy("fast");
            facts.awaitFact(WorkloadTombstone.class, workloadKey("fast"), tombstone -> true);
        }
    }

    @Test
    void takesBackAfterARestartWhatWentAwayMeanwhile() {
        objects.deployment("left", 0);
        objects.policy("left");
        // Before the start: what stays the same is said again after 30 s only.
        FactsFollower facts = new FactsFollower(testbed.broker().bootstrapServers());
        RunningCollector first = RunningCollector.start(testbed, namespace, Map.of());
        try (facts) {
            first.awaitReady();
            facts.awaitFact(SampleFact.class, workloadKey("left"), sample -> true);
            first.kill();
            objects.deletePolicy("left");
            facts.clear();
            try (RunningCollector second =
                    RunningCollector.start(testbed, namespace, Map.of()).awaitReady()) {
                facts.awaitFact(PolicyTombstone.class, policyKey("left"), tombstone -> true);
                facts.awaitFact(WorkloadTombstone.class, workloadKey("left"), tombstone -> true);
                assertEquals(List.of(), facts.of(SampleFact.class, workloadKey("left")));
                assertSame(second, second.awaitReady());
            }
        } finally {
            first.close();
        }
    }

    @Test
    void sharesTheShardsAndTakesOverThoseOfADeadInstance() {
        try (RunningCollector survivor = RunningCollector.start(testbed, namespace + "-a", Map.of())
                        .awaitReady();
                RunningCollector victim = RunningCollector.start(testbed, namespace + "-b", Map.of())
                        .awaitReady();
                FactsFollower facts = new FactsFollower(testbed.broker().bootstrapServers())) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> tickers(facts).size() == 2 && ticked(facts).size() == SHARDS);
            victim.kill();
            facts.clear();
            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            ticked(facts).size() == SHARDS && tickers(facts).size() == 1);
            assertEquals(Set.of(namespace + "-a"), tickers(facts));
            assertSame(survivor, survivor.awaitReady());
        }
    }

    @Test
    void findsAScaleSubresourceOfAKindThatComesLater() {
        objects.apply("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: tidegate-collector-queries}
                rules:
                  - {apiGroups: [example.com], resources: [queries], verbs: [get, list, watch]}
                  - {apiGroups: [example.com], resources: [queries/scale], verbs: [get]}
                """);
        objects.apply("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: tidegate-collector-queries}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: tidegate-collector-queries}
                subjects: [{kind: ServiceAccount, name: tidegate-collector, namespace: tidegate}]
                """);
        objects.policy("lake", "example.com/v1", "Query");
        try (FactsFollower facts = new FactsFollower(testbed.broker().bootstrapServers());
                RunningCollector collector =
                        RunningCollector.start(testbed, namespace, Map.of()).awaitReady()) {
            String key = key("Query", "lake");
            WorkloadFact missing = facts.awaitFact(WorkloadFact.class, key, workload -> true);
            assertEquals(
                    "the API server has no kind Query with a scale subresource in example.com/v1", missing.problem());
            objects.apply("""
                    apiVersion: apiextensions.k8s.io/v1
                    kind: CustomResourceDefinition
                    metadata: {name: queries.example.com}
                    spec:
                      group: example.com
                      scope: Namespaced
                      names: {kind: Query, plural: queries, singular: query}
                      versions:
                        - name: v1
                          served: true
                          storage: true
                          schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                          subresources:
                            scale: {specReplicasPath: .spec.workers, statusReplicasPath: .status.workers}
                    """);
            objects.apply("""
                    apiVersion: example.com/v1
                    kind: Query
                    metadata: {name: lake, namespace: %s}
                    spec: {workers: 5}
                    """.formatted(namespace));
            WorkloadFact found = facts.awaitFact(WorkloadFact.class, key, workload -> workload.scale() != null);
            assertEquals(new WorkloadFact.ScaleResource("example.com/v1", "queries"), found.scale());
            assertEquals(5, found.replicas());
            assertSame(collector, collector.awaitReady());
            objects.deletePolicy("lake");
            facts.awaitFact(WorkloadTombstone.class, key, tombstone -> true);
        }
    }

    private static void assertHasAllSeries(String metrics) {
        for (String series : List.of(
                "tidegate_samples_total{kind=\"offsets\"}",
                "tidegate_spark_snapshots_total{result=\"old\"}",
                "tidegate_spark_snapshots_lost_total",
                "tidegate_spark_bodies_refused_total{reason=\"unproven\"}",
                "tidegate_sample_failures_total{reason=\"timeout\"}",
                "tidegate_lag_read_seconds_count",
                "tidegate_wakes_total",
                "tidegate_facts_published_total{type=\"sample\"}",
                "tidegate_facts_publish_seconds_count",
                "tidegate_signals{state=\"watched\"}",
                "tidegate_freshness_seconds",
                "tidegate_policies",
                "tidegate_shards 12.0")) {
            assertTrue(metrics.contains(series), () -> series + " is missing in\n" + metrics);
        }
    }

    private static Set<Integer> ticked(FactsFollower facts) {
        return facts.seen().stream()
                .filter(seen -> seen.fact() instanceof TickFact)
                .map(FactsFollower.Seen::partition)
                .collect(Collectors.toSet());
    }

    private static Set<String> tickers(FactsFollower facts) {
        return facts.seen().stream()
                .flatMap(seen -> seen.fact() instanceof TickFact tick ? Stream.of(tick) : Stream.empty())
                .map(TickFact::collector)
                .collect(Collectors.toSet());
    }

    /** Records that wait; less than 0 if that is not what the sample says. */
    private static long lag(SampleFact sample) {
        return sample.reading() instanceof Reading.Offsets offsets
                ? offsets.partitions().stream().mapToLong(CollectorIT::lag).sum()
                : -1;
    }

    private static long lag(Reading.PartitionOffsets partition) {
        Long end = partition.end();
        Long committed = partition.committed();
        return (end == null ? 0 : end) - (committed == null ? 0 : committed);
    }

    private String policyKey(String name) {
        return key("ScalingPolicy", name);
    }

    private String workloadKey(String name) {
        return key("Deployment", name);
    }

    private String key(String kind, String name) {
        return RunningCollector.CLUSTER + "/" + namespace + "/" + kind + "/" + name;
    }

    /** Produces records, spread evenly; returns when the broker took the last, in milliseconds. */
    private long produce(int records) throws ExecutionException, InterruptedException {
        for (int record = 0; record < records; record++) {
            producer.send(new ProducerRecord<>(topic, record % 4, null, new byte[100]))
                    .get();
        }
        return System.currentTimeMillis();
    }

    private void commitAll() throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (int partition = 0; partition < 4; partition++) {
            offsets.put(new TopicPartition(topic, partition), new OffsetAndMetadata(5));
        }
        admin.alterConsumerGroupOffsets(topic, offsets).all().get();
    }
}
