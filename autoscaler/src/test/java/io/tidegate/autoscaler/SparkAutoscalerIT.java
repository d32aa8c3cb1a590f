package io.tidegate.autoscaler;

import static io.tidegate.autoscaler.testing.TargetBuilder.target;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.autoscaler.targets.DriverPath;
import io.tidegate.autoscaler.testing.AutoscalerProcess;
import io.tidegate.autoscaler.testing.Cluster;
import io.tidegate.autoscaler.testing.DriverPods;
import io.tidegate.autoscaler.testing.Kubectl;
import io.tidegate.autoscaler.testing.Policies;
import io.tidegate.autoscaler.testing.RecordedEngine;
import io.tidegate.autoscaler.testing.TargetBuilder;
import io.tidegate.autoscaler.testing.TopicReader;
import io.tidegate.contracts.fact.OutcomeFact;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.Mode;
import io.tidegate.contracts.spark.DesiredExecutors;
import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.topic.Topics;
import io.tidegate.contracts.wire.AnnotationCodec;
import io.tidegate.contracts.wire.EventCodec;
import io.tidegate.contracts.wire.UnreadableRecordException;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The built service and driver pods on a real broker and a real API server; engine and plugin are played. */
@OnTestbed
class SparkAutoscalerIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final String NAME = "nightly";
    private static final String POD = "nightly-1-driver";
    private static final AtomicLong SEQUENCES = new AtomicLong(System.currentTimeMillis());

    private static AutoscalerProcess autoscaler;
    private static RecordedEngine engine;
    private static TopicReader facts;

    private final SharedTestbed testbed;
    private final KubernetesClient client;
    private String namespace;
    private WorkloadId workload;
    private DriverPath driver;

    SparkAutoscalerIT(SharedTestbed testbed) {
        this.testbed = testbed;
        this.client = testbed.controlPlane().client();
    }

    @BeforeAll
    static void start(SharedTestbed testbed) {
        Cluster.install(testbed.controlPlane().client());
        String bootstrapServers = testbed.broker().bootstrapServers();
        engine = new RecordedEngine(bootstrapServers);
        facts = new TopicReader(bootstrapServers, Topics.FACTS);
        autoscaler = AutoscalerProcess.start(
                testbed,
                "spark-autoscaler-it",
                Map.of("TIDEGATE_FENCING_HEARTBEAT_EXPIRY", "4s", "TIDEGATE_ATTEMPTS_REFUSED_PAUSE", "1s"));
    }

    @AfterAll
    static void stop() {
        autoscaler.close();
        facts.close();
        engine.close();
    }

    @BeforeEach
    void isReady(Isolation isolation) {
        namespace = isolation.namespace();
        workload = new WorkloadId(AutoscalerProcess.CLUSTER, namespace, WorkloadId.SPARK_DRIVER, NAME);
        Policies.createForSpark(client, namespace, NAME);
        driver = DriverPods.create(client, namespace, POD);
        await().atMost(READY_WITHIN).until(autoscaler::isReady);
    }

    @Test
    void annotatesTheDriverWithTheSequenceAndTellsItEverywhere() {
        Target target = send(executors(10, 24, 24));

        awaitAnnotation(new DesiredExecutors(target.sequence(), target.decisionId(), 24, 24, false));
        OutcomeFact outcome = awaitOutcome(OutcomeFact.Result.Applied);
        assertEquals(10, outcome.from());
        assertEquals(24, outcome.to());
        assertTrue(auditOf(target.decisionId() + "-1").contains("system:serviceaccount:tidegate:tidegate-autoscaler"));
        Kubectl kubectl = new Kubectl(testbed.controlPlane(), namespace);
        await().atMost(SOON)
                .until(
                        () -> kubectl.run("get", "scalingpolicies"),
                        table -> table.matches("(?s)NAME +TARGET +MODE +CURRENT +DESIRED +REASON +AGE\\s+"
                                + "nightly +nightly-1-driver +Enforce +24 +24 +LagAboveThreshold +\\S+\\s*"));
        await().atMost(SOON)
                .until(
                        () -> kubectl.run("describe", "scalingpolicy", NAME),
                        text -> text.contains("Scaled SparkDriver nightly from 10 to 24 executors"));
    }

    @Test
    void neverWritesALowerSequenceAfterAHigherOne() {
        DesiredExecutors higher = new DesiredExecutors(Long.MAX_VALUE, "of-another-owner", 9, 9, false);
        DriverPods.annotate(client, driver, AnnotationCodec.text(higher));
        send(executors(9, 24, 24));

        OutcomeFact outcome = awaitOutcome(OutcomeFact.Result.Expired);
        assertTrue(outcome.message().contains("of-another-owner"), outcome.message());
        assertEquals(AnnotationCodec.text(higher), DriverPods.annotation(client, driver));
    }

    @Test
    void leavesADriverAloneThatWasStartedAgainUnderTheSameName() {
        DriverPath next = DriverPods.createAgain(client, driver);
        send(executors(10, 24, 24));

        OutcomeFact outcome = awaitOutcome(OutcomeFact.Result.Expired);
        assertTrue(outcome.message().contains("was started again"), outcome.message());
        assertEquals("", DriverPods.annotation(client, next));
        send(target().driver(next.pod(), next.uid(), 12).from(10).to(12));
        await().atMost(SOON).until(() -> DriverPods.annotation(client, next), text -> text.contains("\"cap\":12"));
    }

    @Test
    void saysThatADriverHasFinishedAndTriesNoMore() {
        DriverPods.finish(client, driver);
        send(executors(10, 24, 24));

        OutcomeFact outcome = awaitOutcome(OutcomeFact.Result.Expired);
        assertTrue(outcome.message().endsWith("has finished (Succeeded)"), outcome.message());
        assertEquals("", DriverPods.annotation(client, driver));
    }

    @Test
    void standsBackFromAnotherWriterOfTheAnnotation() {
        Target first = send(executors(10, 24, 24));
        awaitCap(24);
        foreign(first, 3);
        Target second = send(executors(3, 25, 25));
        awaitCap(25);
        foreign(second, 3);
        send(executors(3, 26, 26));

        awaitOutcome(OutcomeFact.Result.Conflicted);
        assertTrue(DriverPods.annotation(client, driver).contains("\"cap\":3"));
        send(executors(3, 26, 26).generation(2));
        awaitCap(26);
    }

    @Test
    void writesNothingInShadow() {
        send(executors(10, 24, 24).mode(Mode.Shadow));

        awaitOutcome(OutcomeFact.Result.Shadowed);
        assertEquals("", DriverPods.annotation(client, driver));
    }

    @Test
    void raisesTheCapToTheFallbackWhileTheStreamIsSilent() {
        Target target = send(executors(2, 3, 3).fallback(Duration.ofSeconds(3), 6));
        awaitCap(3);
        engine.beating(false);
        awaitAnnotation(new DesiredExecutors(target.sequence() + 1, target.decisionId() + "-fallback", 3, 6, false));
        engine.beating(true);
        awaitOutcome(OutcomeFact.Result.FellBack);
        send(executors(6, 4, 4));
        awaitCap(4);
    }

    @Test
    void aHoldOfADriverThatWasToldTheSameIsNotWrittenAgain() {
        Target first = send(executors(10, 24, 24));
        awaitCap(24);
        send(executors(24, 24, 24));
        send(executors(24, 24, 2));

        await().atMost(SOON).until(() -> DriverPods.annotation(client, driver), text -> text.contains("\"floor\":2"));
        assertEquals(
                List.of(first.sequence()),
                outcomes()
                        .filter(fact -> fact.result() == OutcomeFact.Result.Applied)
                        .filter(fact -> fact.from() != fact.to())
                        .map(OutcomeFact::sequence)
                        .toList());
    }

    private static TargetBuilder executors(int from, int to, int floor) {
        return target().driver(POD, "", floor).from(from).to(to);
    }

    private Target send(TargetBuilder builder) {
        long sequence = SEQUENCES.addAndGet(10);
        Target draft = builder.cluster(AutoscalerProcess.CLUSTER)
                .workload(namespace, NAME)
                .policyUid(Policies.uid(client, namespace, NAME))
                .sequence(sequence)
                .decidedAt(Instant.now())
                .build();
        Target.SparkDriver meant = Objects.requireNonNull(draft.driver());
        Target built = meant.uid().isEmpty()
                ? builder.driver(meant.pod(), driver.uid(), meant.floor()).build()
                : draft;
        engine.send(workload, built);
        return built;
    }

    private void foreign(Target last, int cap) {
        DriverPods.annotate(
                client,
                driver,
                AnnotationCodec.text(new DesiredExecutors(last.sequence(), last.decisionId(), cap, cap, false)));
    }

    private void awaitCap(int cap) {
        await().atMost(SOON)
                .until(() -> DriverPods.annotation(client, driver), text -> text.contains("\"cap\":" + cap + ","));
    }

    private void awaitAnnotation(DesiredExecutors desired) {
        await().atMost(SOON).until(() -> DriverPods.annotation(client, driver), AnnotationCodec.text(desired)::equals);
    }

    private OutcomeFact awaitOutcome(OutcomeFact.Result result) {
        return await().atMost(SOON)
                .until(() -> outcomes().filter(fact -> fact.result() == result).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    private Stream<OutcomeFact> outcomes() {
        return facts.records().stream()
                .map(record -> {
                    try {
                        return (OutcomeFact) EventCodec.fact(record.key(), record.value(), record.headers())
                                .body();
                    } catch (UnreadableRecordException e) {
                        throw new AssertionError(e);
                    }
                })
                .filter(fact -> fact.workload().equals(workload));
    }

    /** The line of the API server's audit log that has this id. */
    private String auditOf(String auditId) {
        Path log = testbed.controlPlane().auditLog().orElseThrow();
        return await().atMost(SOON)
                .until(
                        () -> {
                            try (Stream<String> lines = Files.lines(log)) {
                                return lines.filter(line -> line.contains("\"auditID\":\"" + auditId + "\""))
                                        .findFirst();
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        Optional::isPresent)
                .orElseThrow();
    }
}
