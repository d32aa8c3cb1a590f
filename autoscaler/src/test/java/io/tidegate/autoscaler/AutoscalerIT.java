package io.tidegate.autoscaler;

import static io.tidegate.autoscaler.testing.TargetBuilder.target;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.autoscaler.testing.AutoscalerProcess;
import io.tidegate.autoscaler.testing.Cluster;
import io.tidegate.autoscaler.testing.Kubectl;
import io.tidegate.autoscaler.testing.Policies;
import io.tidegate.autoscaler.testing.RecordedEngine;
import io.tidegate.autoscaler.testing.TargetBuilder;
import io.tidegate.autoscaler.testing.TopicReader;
import io.tidegate.contracts.fact.Fact;
import io.tidegate.contracts.fact.OutcomeFact;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.Mode;
import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.target.TargetTombstone;
import io.tidegate.contracts.topic.Topics;
import io.tidegate.contracts.wire.EventCodec;
import io.tidegate.contracts.wire.UnreadableRecordException;
import io.tidegate.testbed.audit.AuditFollower;
import io.tidegate.testbed.audit.ScaleWrite;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The built service on a real broker and a real API server; only the engine is played. */
@OnTestbed
class AutoscalerIT {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final String NAME = "orders";
    private static final AtomicLong SEQUENCES = new AtomicLong(System.currentTimeMillis());
    private static final List<ScaleWrite> WRITES = new CopyOnWriteArrayList<>();

    private static AutoscalerProcess autoscaler;
    private static RecordedEngine engine;
    private static TopicReader facts;
    private static TopicReader deadLetters;
    private static AuditFollower audit;

    private final SharedTestbed testbed;
    private final KubernetesClient client;
    private String namespace;
    private WorkloadId workload;

    AutoscalerIT(SharedTestbed testbed) {
        this.testbed = testbed;
        this.client = testbed.controlPlane().client();
    }

    @BeforeAll
    static void start(SharedTestbed testbed) {
        Cluster.install(testbed.controlPlane().client());
        String bootstrapServers = testbed.broker().bootstrapServers();
        engine = new RecordedEngine(bootstrapServers);
        facts = new TopicReader(bootstrapServers, Topics.FACTS);
        deadLetters = new TopicReader(bootstrapServers, Topics.deadLetter(Topics.TARGETS));
        audit = AuditFollower.follow(testbed.controlPlane().auditLog().orElseThrow(), WRITES::add);
        autoscaler = AutoscalerProcess.start(
                testbed,
                "autoscaler-it",
                Map.of("TIDEGATE_FENCING_HEARTBEAT_EXPIRY", "4s", "TIDEGATE_ATTEMPTS_REFUSED_PAUSE", "1s"));
    }

    @AfterAll
    static void stop() {
        autoscaler.close();
        audit.close();
        facts.close();
        deadLetters.close();
        engine.close();
    }

    @BeforeEach
    void isReady(Isolation isolation) {
        namespace = isolation.namespace();
        workload = new WorkloadId(AutoscalerProcess.CLUSTER, namespace, "Deployment", NAME);
        await().atMost(READY_WITHIN).until(autoscaler::isReady);
    }

    @Test
    void writesTheSizeAndTellsItEverywhere() {
        workload(2);
        Target target = send(target().from(2).to(5));
        awaitSize(5);
        OutcomeFact outcome = awaitOutcome(OutcomeFact.Result.Applied);
        assertEquals(
                new OutcomeFact(
                        workload,
                        target.policy(),
                        target.decisionId(),
                        target.sequence(),
                        OutcomeFact.Result.Applied,
                        2,
                        5,
                        1,
                        "written",
                        outcome.writeMillis()),
                outcome);
        await().atMost(SOON).until(() -> !writes().isEmpty());
        ScaleWrite write = writes().getFirst();
        assertAll(
                () -> assertEquals(target.decisionId() + "-1", write.auditId()),
                () -> assertEquals("system:serviceaccount:tidegate:tidegate-autoscaler", write.user()),
                () -> assertEquals(5, write.replicas()),
                () -> assertEquals(1, writes().size()));
        await().atMost(SOON)
                .until(() -> statusOf("current"), value -> Integer.valueOf(5).equals(value));
        assertEquals("LagAboveThreshold", statusOf("reason"));
        Kubectl kubectl = new Kubectl(testbed.controlPlane(), namespace);
        String table = kubectl.run("get", "scalingpolicies");
        assertTrue(
                table.matches("(?s)NAME +TARGET +MODE +CURRENT +DESIRED +REASON +AGE\\s+"
                        + "orders +orders +Enforce +5 +5 +LagAboveThreshold +\\S+\\s*"),
                table);
        await().atMost(SOON)
                .until(() -> kubectl.run("describe", "scalingpolicy", NAME), text -> text.contains("Scaled "));
        String described = kubectl.run("describe", "scalingpolicy", NAME).replaceAll(" +", " ");
        assertAll(Stream.of(
                        "Type: Applied",
                        "Type: Fresh",
                        "Limited By: stabilization",
                        "Next Possible Change: 2026-01-02T03:05:05Z",
                        "Scaled Deployment orders from 2 to 5 replicas: 2 -> 5: 50 records wait.")
                .map(text -> () -> assertTrue(described.contains(text), () -> text + " is not in\n" + described)));
    }

    @Test
    void writesFromZeroAndBackToZero() {
        workload(0);
        send(target().from(0).to(3));
        awaitSize(3);
        send(target().from(3).to(0));
        awaitSize(0);
        send(target().from(0).to(1));
        awaitSize(1);
        // A size can be read before the write of it is in the audit log.
        await().atMost(SOON)
                .untilAsserted(() -> assertEquals(
                        List.of(200, 200, 200),
                        writes().stream().map(ScaleWrite::status).toList()));
    }

    @Test
    void writesNothingInShadow() {
        workload(2);
        send(target().mode(Mode.Shadow).from(2).to(5));
        awaitOutcome(OutcomeFact.Result.Shadowed);
        await().atMost(SOON).until(() -> Objects.equals(5, statusOf("desired")));
        assertEquals(2, size());
    }

    @Test
    void leavesTheSizeWhenThePolicyIsGone() {
        workload(2);
        send(target().from(2).to(5));
        awaitSize(5);
        engine.send(workload, new TargetTombstone(workload.toString()));
        Policies.delete(client, namespace, NAME);
        send(target().from(5).to(5));
        assertEquals(5, size());
    }

    @Test
    void tellsTheServersWordsWhenItIsRefused() {
        policy();
        send(target().from(2).to(5));
        OutcomeFact outcome = awaitOutcome(OutcomeFact.Result.Refused);
        assertEquals("deployments.apps \"orders\" not found (404)", outcome.message());
        await().atMost(SOON)
                .until(
                        () -> new Kubectl(testbed.controlPlane(), namespace).run("describe", "scalingpolicy", NAME),
                        text -> text.contains("ScaleRefused"));
    }

    @Test
    void putsUnreadableRecordsAsideAndGoesOn() {
        workload(2);
        RecordHeaders headers = RecordedEngine.headers(target().build());
        engine.send(workload, workload.toString(), "{not json".getBytes(StandardCharsets.UTF_8), headers);
        engine.send(workload, workload.toString(), new byte[900_000], headers);
        engine.send(workload, workload.toString(), null, new RecordHeaders());
        send(target().decisionId("evil\r\nX-Admin: yes"));
        send(target().from(2).to(4));
        awaitSize(4);
        await().atMost(SOON).until(() -> reasons(), reasons -> reasons.size() >= 4);
        assertTrue(
                reasons().contains("the header ce_specversion is missing"),
                () -> reasons().toString());
        assertTrue(
                reasons().contains("the decisionId has characters that a header can't carry"),
                () -> reasons().toString());
    }

    @Test
    void fallsBackWhileTheStreamIsSilentAndGoesOnWhenItIsBack() {
        workload(2);
        send(target().from(2).to(2).fallback(Duration.ofSeconds(3), 6));
        engine.beating(false);
        awaitSize(6);
        engine.beating(true);
        awaitOutcome(OutcomeFact.Result.FellBack);
        await().atMost(SOON).until(() -> conditions().contains("FallbackActive=False"));
        send(target().from(6).to(3));
        awaitSize(3);
    }

    @Test
    void standsBackFromAnotherWriter() {
        workload(2);
        send(target().from(2).to(5));
        awaitSize(5);
        scaleByHand(3);
        send(target().from(3).to(6));
        awaitSize(6);
        scaleByHand(3);
        send(target().from(3).to(7));
        awaitOutcome(OutcomeFact.Result.Conflicted);
        assertEquals(3, size());
        send(target().generation(2).from(3).to(7));
        awaitSize(7);
    }

    @Test
    void writesNothingTwiceAfterBeingKilled() {
        workload(2);
        Target first = send(target().from(2).to(5));
        awaitSize(5);
        autoscaler.killAndRestart();
        await().atMost(READY_WITHIN).until(autoscaler::isReady);
        Target second = send(target().from(5).to(8));
        awaitSize(8);
        await().atMost(SOON)
                .untilAsserted(() -> assertEquals(
                        List.of(first.decisionId() + "-1", second.decisionId() + "-1"),
                        writes().stream()
                                .filter(ScaleWrite::accepted)
                                .map(ScaleWrite::auditId)
                                .toList()));
    }

    private void workload(int replicas) {
        Cluster.deployment(client, namespace, NAME, replicas);
        policy();
    }

    private void policy() {
        Policies.create(client, namespace, NAME);
    }

    private Target send(TargetBuilder builder) {
        long sequence = SEQUENCES.incrementAndGet();
        Target built = builder.cluster(AutoscalerProcess.CLUSTER)
                .workload(namespace, NAME)
                .policyUid(Policies.uid(client, namespace, NAME))
                .sequence(sequence)
                .decidedAt(Instant.now())
                .limitedBy("stabilization")
                .build();
        engine.send(workload, built);
        return built;
    }

    private void scaleByHand(int replicas) {
        client.apps().deployments().inNamespace(namespace).withName(NAME).scale(replicas);
    }

    private int size() {
        return Cluster.size(client, namespace, NAME);
    }

    private void awaitSize(int replicas) {
        await().atMost(SOON).pollInterval(Duration.ofMillis(20)).until(this::size, size -> size == replicas);
    }

    private List<ScaleWrite> writes() {
        return WRITES.stream()
                .filter(write ->
                        write.namespace().equals(namespace) && write.user().contains("tidegate-autoscaler"))
                .toList();
    }

    private OutcomeFact awaitOutcome(OutcomeFact.Result result) {
        return await().atMost(SOON)
                .until(
                        () -> outcomes().filter(fact -> fact.result() == result).findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    private Stream<OutcomeFact> outcomes() {
        return facts.records().stream()
                .map(record -> {
                    try {
                        Fact fact = EventCodec.fact(record.key(), record.value(), record.headers())
                                .body();
                        return (OutcomeFact) fact;
                    } catch (UnreadableRecordException e) {
                        throw new AssertionError(e);
                    }
                })
                .filter(fact -> fact.workload().equals(workload));
    }

    private List<String> reasons() {
        return deadLetters.records().stream()
                .map(record -> new String(
                        record.headers().lastHeader("dead-letter-reason").value(), StandardCharsets.UTF_8))
                .toList();
    }

    private @Nullable Object statusOf(String field) {
        GenericKubernetesResource policy = Policies.get(client, namespace, NAME);
        Object status = policy.getAdditionalProperties().get("status");
        return status instanceof Map<?, ?> map ? map.get(field) : null;
    }

    private String conditions() {
        return statusOf("conditions") instanceof List<?> list
                ? list.stream()
                        .map(condition ->
                                condition instanceof Map<?, ?> map ? map.get("type") + "=" + map.get("status") : "")
                        .toList()
                        .toString()
                : "";
    }
}
