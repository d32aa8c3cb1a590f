package io.tidegate.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.services.ServiceKind;
import io.tidegate.testbed.services.ServiceProcess;
import io.tidegate.testbed.services.TidegateServices;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnTestbed
class EndToEndIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    /** What a service shows with a few workloads; Kafka's own clients are most of it. */
    private static final int MOST_SERIES = 2_500;
    /** As Prometheus asks, if OpenMetrics is the one format that it may ask for. */
    private static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0;q=0.6,*/*;q=0.1";

    @RegisterExtension
    static final RunningTidegate TIDEGATE = new RunningTidegate();

    private final SharedTestbed testbed;
    private final TidegateServices services;
    private final String namespace;
    private final List<Subject> subjects = new ArrayList<>();

    EndToEndIT(SharedTestbed testbed, Isolation isolation) {
        this.testbed = testbed;
        this.services = TIDEGATE.on(testbed);
        this.namespace = isolation.namespace();
    }

    @BeforeEach
    void servicesAreReady() {
        services.processes().forEach(process -> process.awaitReady(Duration.ofSeconds(60)));
    }

    @AfterEach
    void closeSubjects() {
        subjects.forEach(Subject::close);
    }

    @Test
    void scalesFromZeroStraightToTheNeededSizeAndBack() throws ExecutionException, InterruptedException {
        Subject orders = subject("orders");
        orders.policy("orders");
        orders.produce(35);
        await().atMost(SOON).until(() -> orders.replicas() == 4);

        orders.commitAll();
        await().atMost(SOON).until(() -> orders.replicas() == 0);
    }

    @Test
    void kubectlTellsTargetModeSizesReasonConditionsAndEvents()
            throws ExecutionException, InterruptedException, IOException {
        Subject orders = subject("told");
        orders.policy("told");
        orders.produce(12);
        has(orders, "told", "current", "2");

        String row = kubectl("get", "scalingpolicies", "-n", namespace);
        String description = kubectl("describe", "scalingpolicy", "told", "-n", namespace);
        assertAll(
                () -> assertTrue(
                        row.contains("TARGET")
                                && row.contains("MODE")
                                && row.contains("CURRENT")
                                && row.contains("DESIRED")
                                && row.contains("REASON"),
                        row),
                () -> assertTrue(row.lines().anyMatch(line -> line.matches("told +told +Enforce +2 +2 +\\w+ .*")), row),
                () -> assertTrue(description.contains("Conditions:"), description),
                () -> assertTrue(description.contains("Sentence:"), description),
                () -> assertTrue(description.contains("Scaled"), description));
    }

    @Test
    void shadowDecidesAndNeverWrites() throws ExecutionException, InterruptedException {
        Subject orders = subject("shadowed");
        orders.policy("shadowed", "mode: Shadow");
        orders.produce(25);
        has(orders, "shadowed", "desired", "3");
        assertEquals(0, orders.replicas());
    }

    @Test
    void pausedHoldsUntilItIsEnforcedAgain() throws ExecutionException, InterruptedException {
        Subject orders = subject("paused");
        orders.policy("paused", "mode: Paused");
        orders.produce(25);
        has(orders, "paused", "mode", "Paused");
        assertEquals(0, orders.replicas());

        orders.policy("paused", "mode: Enforce");
        await().atMost(SOON).until(() -> orders.replicas() == 3);
    }

    @Test
    void removedPolicyLeavesTheSizeAsItIs() throws ExecutionException, InterruptedException {
        Subject orders = subject("left");
        orders.policy("left");
        orders.produce(30);
        await().atMost(SOON).until(() -> orders.replicas() == 3);

        orders.deletePolicy("left");
        // The removal is on its way for some milliseconds; a commit within them may still be acted on.
        await().pollDelay(Duration.ofSeconds(1)).until(() -> orders.replicas() == 3);
        orders.commitAll();
        await().during(Duration.ofSeconds(3)).atMost(SOON).until(() -> orders.replicas() == 3);
    }

    @Test
    void olderOfTwoPoliciesWinsAndTheOtherSaysSo() throws ExecutionException, InterruptedException {
        Subject orders = subject("contested");
        orders.policy("first");
        await().atMost(SOON).until(() -> !orders.status("first", "reason").isEmpty());
        orders.policy("second", "replicas: {min: 5, max: 9}");
        await().atMost(SOON).until(() -> orders.status("second", "conditions").contains("Conflicted"));
        assertEquals(0, orders.replicas());

        orders.deletePolicy("first");
        await().atMost(SOON).until(() -> orders.replicas() == 5);
    }

    @Test
    void engineTellsWhy() throws ExecutionException, InterruptedException {
        Subject orders = subject("explained");
        orders.policy("explained");
        orders.produce(15);
        await().atMost(SOON).until(() -> orders.replicas() == 2);

        ServiceProcess engine = services.process(ServiceKind.POLICY_ENGINE);
        await().atMost(SOON).untilAsserted(() -> {
            ServiceProcess.Answer answer = engine.get("/v1/workloads/" + orders.workloadPath() + "/why");
            assertEquals(200, answer.statusCode(), answer.body());
            assertTrue(answer.body().contains("\"desired\":2"), answer.body());
        });
        assertEquals(
                404,
                engine.get("/v1/workloads/" + TidegateServices.CLUSTER + "/nowhere/Deployment/none/why")
                        .statusCode());
    }

    @Test
    void oneTraceLeadsFromASampleToItsWriteAndMetricsNameIt() throws ExecutionException, InterruptedException {
        Subject orders = subject("traced");
        orders.policy("traced");
        orders.produce(35);
        TracedRecord outcome = await().atMost(SOON)
                .until(
                        () -> traced(orders, "outcome")
                                .filter(record -> record.body().path("to").asInt() == 4)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
        String traceId = outcome.trace().traceId();

        TracedRecord sample = only(orders, "sample", traceId);
        TracedRecord decision = only(orders, "decision", traceId);
        TracedRecord target = only(orders, "target", traceId);
        assertAll(
                () -> assertEquals("lag", sample.body().path("signal").asText()),
                () -> assertEquals(4, decision.body().path("desired").asInt()),
                () -> assertEquals(4, target.body().path("replicas").asInt()),
                () -> assertEquals(decision.body().path("id"), outcome.body().path("decisionId")),
                () -> assertEquals(
                        decision.trace().toString(),
                        decision.body().path("traceparent").asText()),
                () -> assertEquals(decision.trace(), target.trace()),
                () -> assertEquals(
                        3,
                        Stream.of(sample, decision, outcome)
                                .map(record -> record.trace().spanId())
                                .distinct()
                                .count()));

        for (Map.Entry<ServiceKind, String> shown : Map.of(
                        ServiceKind.POLICY_ENGINE, "tidegate_decision_latency_seconds_bucket",
                        ServiceKind.AUTOSCALER, "tidegate_scale_write_seconds_bucket")
                .entrySet()) {
            // Each accepted write is timed, also that of a target that was there when its partition was taken over, but
            // told before.
            List<String> exemplars = await(shown.getValue())
                    .atMost(SOON)
                    .until(() -> exemplars(shown.getKey(), shown.getValue()), found -> !found.isEmpty());
            // Another decision may have taken the place of this one's, but then it is in a trace of the log as well.
            Set<String> traces = TracedRecord.all(testbed.broker().bootstrapServers()).stream()
                    .map(record -> record.trace().traceId())
                    .collect(Collectors.toSet());
            assertTrue(traces.containsAll(exemplars), () -> shown.getValue() + " " + exemplars);
        }
    }

    @Test
    void actsAgainAfterEachServiceWasKilled() throws ExecutionException, InterruptedException {
        Subject orders = subject("restarted");
        orders.policy("restarted");
        int produced = 0;
        for (ServiceKind kind : ServiceKind.values()) {
            services.process(kind).kill();
            orders.produce(10);
            produced += 10;
            services.process(kind).restart();
            int expected = produced / 10;
            await(kind.module()).atMost(Duration.ofSeconds(60)).until(() -> orders.replicas() == expected);
        }
    }

    @Test
    void silenceBringsTheFallbackSize() throws ExecutionException, InterruptedException {
        Subject orders = subject("silent");
        orders.policy("silent", "fallback: {after: 3s, replicas: 2}");
        has(orders, "silent", "current", "0");

        ServiceProcess engine = services.process(ServiceKind.POLICY_ENGINE);
        engine.kill();
        try {
            await().atMost(SOON).until(() -> orders.replicas() == 2);
        } finally {
            engine.restart();
        }
        await("back to normal").atMost(Duration.ofSeconds(60)).until(() -> orders.replicas() == 0);
    }

    @Test
    void seriesOfDecisionActuationAndFreshnessAreThereFromTheStart() {
        String collector = metrics(ServiceKind.TELEMETRY_COLLECTOR);
        String engine = metrics(ServiceKind.POLICY_ENGINE);
        String autoscaler = metrics(ServiceKind.AUTOSCALER);
        assertAll(
                () -> assertTrue(collector.contains("tidegate_freshness_seconds"), collector),
                () -> assertTrue(collector.contains("tidegate_samples_total"), collector),
                () -> assertTrue(engine.contains("tidegate_decisions_total"), engine),
                () -> assertTrue(engine.contains("tidegate_log_behind_seconds"), engine),
                () -> assertTrue(autoscaler.contains("tidegate_actuations_total"), autoscaler),
                () -> assertTrue(autoscaler.contains("tidegate_heartbeat_age_seconds"), autoscaler));
    }

    @Test
    void seriesDoNotGrowWithWhatIsAskedAndEndWithTheirWorkload() throws ExecutionException, InterruptedException {
        Subject orders = subject("counted");
        orders.policy("counted");
        orders.produce(12);
        has(orders, "counted", "current", "2");
        String own = "namespace=\"" + namespace + "\",kind=\"Deployment\",workload=\"counted\"";
        await().atMost(SOON).until(() -> metrics(ServiceKind.POLICY_ENGINE).contains(own));

        String nobody = "/v1/workloads/" + TidegateServices.CLUSTER + "/nowhere/Deployment/nobody-";
        for (ServiceProcess service : services.processes()) {
            for (int i = 0; i < 60; i++) {
                service.get("/no-such-path/" + i);
                service.get(nobody + i + "/why");
            }
            List<String> page = service.get("/q/metrics").body().lines().toList();
            List<String> requests = page.stream()
                    .filter(line -> line.startsWith("http_server_requests_seconds_count"))
                    .toList();
            assertTrue(requests.size() < 20, () -> service.kind() + ": " + String.join("\n", requests));
            assertTrue(page.stream().noneMatch(line -> line.contains("nobody-")), () -> service.kind() + " has a path");
            long series = page.stream()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .count();
            assertTrue(series < MOST_SERIES, () -> service.kind() + " shows " + series + " series");
        }

        orders.deletePolicy("counted");
        await("the workload is shown no more")
                .atMost(SOON)
                .until(() -> !metrics(ServiceKind.POLICY_ENGINE).contains(own));
    }

    private Stream<TracedRecord> traced(Subject subject, String type) {
        return TracedRecord.all(testbed.broker().bootstrapServers()).stream()
                .filter(record -> record.type().equals("io.tidegate." + type + ".v1")
                        && record.key().equals(subject.workloadPath()));
    }

    private TracedRecord only(Subject subject, String type, String traceId) {
        List<TracedRecord> found = traced(subject, type)
                .filter(record -> record.trace().traceId().equals(traceId))
                .toList();
        assertEquals(1, found.size(), () -> type + " " + found);
        return found.getFirst();
    }

    /** Trace ids that a histogram names, in the format in which it can. */
    private List<String> exemplars(ServiceKind kind, String series) {
        String page = services.process(kind).get("/q/metrics", OPEN_METRICS).body();
        return Pattern.compile("^" + series + ".* # .*trace_id=\"([0-9a-f]{32})\"", Pattern.MULTILINE)
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static void has(Subject subject, String policy, String field, String value) {
        await().atMost(SOON)
                .untilAsserted(() -> assertEquals(
                        value, subject.status(policy, field), () -> field + " of " + subject.status(policy)));
    }

    private Subject subject(String name) throws ExecutionException, InterruptedException {
        Subject subject = Subject.create(testbed, namespace, name);
        subjects.add(subject);
        return subject;
    }

    private String metrics(ServiceKind kind) {
        return services.process(kind).get("/q/metrics").body();
    }

    private String kubectl(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                testbed.controlPlane().kubectl().toString(),
                "--kubeconfig",
                testbed.controlPlane().kubeconfig().toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
