package io.tidegate.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.tidegate.contracts.wire.Json;
import io.tidegate.testbed.Parts;
import io.tidegate.testbed.broker.KafkaBroker;
import io.tidegate.testbed.controlplane.ControlPlane;
import io.tidegate.testbed.controlplane.ControlPlaneOptions;
import io.tidegate.testbed.files.RunDirectory;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.services.ServiceKind;
import io.tidegate.testbed.services.TidegateServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The spans of a decision, as an OpenTelemetry collector gets them, and the API server's own span of the write. */
@OnTestbed
@Tag("deploy")
class TracingIT {

    private static final String CLUSTER = "traced";
    private static final String NAMESPACE = "traced";
    private static final String JSON_LOGS = "QUARKUS_LOG_CONSOLE_JSON_ENABLED";
    private static final Duration SOON = Duration.ofSeconds(40);

    private static final OtlpCatcher CATCHER = new OtlpCatcher();
    private static RunDirectory directory;
    private static ControlPlane controlPlane;
    private static TidegateServices services;

    private final SharedTestbed testbed;

    /** A cluster whose API server tells its spans, with the broker of the others. */
    private record Cluster(KafkaBroker broker, ControlPlane controlPlane, RunDirectory directory) implements Parts {}

    TracingIT(SharedTestbed testbed) {
        this.testbed = testbed;
    }

    @BeforeAll
    static void start(SharedTestbed testbed) throws IOException {
        directory = RunDirectory.create(Boolean.getBoolean("tidegate.testbed.keep"));
        Path tracing = Files.writeString(
                directory.folder("tracing").resolve("tracing.yaml"), """
                apiVersion: apiserver.config.k8s.io/v1
                kind: TracingConfiguration
                endpoint: %s
                samplingRatePerMillion: 1000000
                """.formatted(CATCHER.address()));
        controlPlane = ControlPlane.start(
                ControlPlaneOptions.withSimulatedNodes(1)
                        .withServerArguments(List.of("--tracing-config-file=" + tracing)),
                directory.folder("kubernetes"),
                Progress.console());
        controlPlane
                .client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .serverSideApply();
        services = TidegateServices.start(
                parts(testbed),
                Progress.console(),
                Map.of(
                        ServiceKind.TELEMETRY_COLLECTOR, Map.of("TIDEGATE_CLUSTER", CLUSTER),
                        ServiceKind.AUTOSCALER, Map.of("TIDEGATE_CLUSTER", CLUSTER, JSON_LOGS, "true"),
                        ServiceKind.POLICY_ENGINE,
                                Map.of("TIDEGATE_TRACES_ENDPOINT", "http://" + CATCHER.address(), JSON_LOGS, "true")));
    }

    @AfterAll
    static void stop() {
        services.close();
        controlPlane.close();
        directory.close();
        CATCHER.close();
    }

    @Test
    void oneTraceHasTheSpansOfAllThreeServicesAndTheApiServerNamesIt() throws ExecutionException, InterruptedException {
        try (Subject orders = Subject.create(parts(testbed), NAMESPACE, "orders")) {
            orders.policy("orders");
            orders.produce(35);
            OtlpCatcher.Caught write = await().atMost(SOON)
                    .until(
                            () -> spans("write")
                                    .filter(span ->
                                            span.attribute("tidegate.desired").equals("4"))
                                    .findFirst(),
                            Optional::isPresent)
                    .orElseThrow();
            OtlpCatcher.Caught decide = span("decide", write.text("parentSpanId"));
            OtlpCatcher.Caught observe = span("observe", decide.text("parentSpanId"));
            assertAll(
                    () -> assertEquals("autoscaler", write.service()),
                    () -> assertEquals("policy-engine", decide.service()),
                    () -> assertEquals("collector", observe.service()),
                    () -> assertEquals(write.text("traceId"), decide.text("traceId")),
                    () -> assertEquals(write.text("traceId"), observe.text("traceId")),
                    () -> assertEquals("", observe.text("parentSpanId")),
                    () -> assertEquals("lag", observe.attribute("tidegate.signal")),
                    () -> assertEquals("Applied", write.attribute("tidegate.result")),
                    () -> assertEquals(
                            decide.attribute("tidegate.decision.id"), write.attribute("tidegate.decision.id")),
                    () -> assertTrue(write.span().path("endTimeUnixNano").asLong()
                            > observe.span().path("startTimeUnixNano").asLong()));
            // The API server begins a trace of its own for an account that is not privileged, and links it to ours.
            String attempt = write.attribute("tidegate.decision.id") + "-1";
            String traceId = write.text("traceId");
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertTrue(CATCHER.caught(traceId, attempt), () -> CATCHER.counts(traceId, attempt)));
            assertLogged(ServiceKind.POLICY_ENGINE, "decided action=ScaleUp", write.text("traceId"));
            assertLogged(ServiceKind.AUTOSCALER, "Applied: ", write.text("traceId"));
        }
    }

    /** A line of a service's log, in JSON, that begins so and is in the trace. */
    private static void assertLogged(ServiceKind kind, String message, String traceId) {
        String instance = kind.module() + "-0";
        Path log = directory.folder("services/" + instance).resolve(instance + ".log");
        await(kind + " logs " + message).atMost(SOON).ignoreExceptions().until(() -> {
            try (Stream<String> lines = Files.lines(log)) {
                for (String line : lines.filter(text -> text.startsWith("{")).toList()) {
                    JsonNode entry = Json.mapper().readTree(line);
                    if (entry.path("message").asText().startsWith(message)
                            && entry.at("/mdc/traceId").asText().equals(traceId)) {
                        return true;
                    }
                }
                return false;
            }
        });
    }

    private static Stream<OtlpCatcher.Caught> spans(String name) {
        return CATCHER.spans().stream()
                .filter(span -> span.text("name").equals(name)
                        && span.attribute(name.equals("observe") ? "tidegate.key" : "tidegate.workload")
                                .startsWith(CLUSTER + "/"));
    }

    private static OtlpCatcher.Caught span(String name, String spanId) {
        return spans(name)
                .filter(span -> span.text("spanId").equals(spanId))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " " + spanId + " is not in " + CATCHER.spans()));
    }

    private static Parts parts(SharedTestbed testbed) {
        return new Cluster(testbed.broker(), controlPlane, directory);
    }
}
