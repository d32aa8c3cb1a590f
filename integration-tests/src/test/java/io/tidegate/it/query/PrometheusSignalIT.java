package io.tidegate.it.query;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.prometheus.PrometheusServer;
import io.tidegate.testbed.services.ServiceKind;
import io.tidegate.testbed.services.TidegateServices;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real Prometheus reads an exporter each second, and is asked each second; sizes follow. */
@OnTestbed
@Tag("deploy")
class PrometheusSignalIT {

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String AT_ONCE = "{stabilizationWindowSeconds: 0}";

    private static TidegateServices services;

    private final KubernetesClient client;
    private final String namespace;
    private final LoadExporter exporter;
    private final PrometheusServer prometheus;
    /** Of the workload, its policy and its Connection; the tests share a namespace. */
    private String name = "workers";

    PrometheusSignalIT(SharedTestbed testbed, Isolation isolation) throws IOException {
        this.client = testbed.controlPlane().client();
        this.namespace = isolation.namespace();
        this.exporter = new LoadExporter(this::readyReplicas);
        Path folder = Files.createTempDirectory(testbed.directory().folder("prometheus"), "data");
        this.prometheus = PrometheusServer.reading(
                new PrometheusServer.Exporter("load", exporter.address(), "/metrics"), folder, Progress.console());
    }

    @BeforeAll
    static void start(SharedTestbed testbed) {
        services = TidegateServices.start(
                testbed,
                Progress.console(),
                Map.of(
                        ServiceKind.TELEMETRY_COLLECTOR,
                        Map.of("TIDEGATE_PROMETHEUS_PERIOD", "1s", "TIDEGATE_PROMETHEUS_TIMEOUT", "2s")));
    }

    @AfterAll
    static void stop() {
        services.close();
    }

    @AfterEach
    void close() {
        prometheus.close();
        exporter.close();
    }

    @Test
    void aTotalIsSharedOutAmongReplicasFromZeroAndBack() {
        name = "total";
        connection(prometheus.address());
        deployment();
        policy("query: sum(work_queued), averageValue: 4");
        await().atMost(SOON).until(() -> told("current").equals("0"));
        exporter.queue(41);
        await().atMost(SOON).until(() -> replicas() == 11);
        await().atMost(SOON).until(() -> told("sentence").contains("The query gives 41; at 4 per replica"));
        exporter.queue(6);
        await().atMost(SOON).until(() -> replicas() == 2);
        exporter.queue(0);
        await().atMost(SOON).until(() -> replicas() == 0);

        String metrics = services.process(ServiceKind.TELEMETRY_COLLECTOR)
                .get("/q/metrics")
                .body();
        assertTrue(metrics.contains("tidegate_query_seconds_count"), metrics);
        assertTrue(metrics.contains("tidegate_samples_total{kind=\"value\"}"), metrics);
    }

    @Test
    void howBusyReplicasAreIsBroughtToItsTarget() {
        name = "busy";
        connection(prometheus.address());
        deployment();
        exporter.load(4.1);
        policy("query: work_busy_ratio, value: 700m");
        // A share of 4.1 that lies within a tenth of 0.7 is that of 6 replicas only.
        await().atMost(SOON).until(() -> readyReplicas() == 6);
        await().during(Duration.ofSeconds(5)).atMost(SOON).until(() -> replicas() == 6);
        exporter.load(1.4);
        await().atMost(SOON).until(() -> readyReplicas() == 2);
    }

    @Test
    void whatIsUnknownHoldsTheSizeAndTheStatusSaysWhy() {
        name = "unknown";
        connection(prometheus.address());
        deployment();
        exporter.queue(12);
        policy("query: sum(work_queued), averageValue: 4, maxAge: 5s");
        await().atMost(SOON).until(() -> replicas() == 3);

        policy("query: work_queued, averageValue: 4");
        says("SignalUnknown", "the query gives several series");
        policy("query: sum(no_such_series), averageValue: 4");
        says("SignalUnknown", "the query gives no series");
        policy("query: sum(work_queued) / 0 - sum(work_queued) / 0, averageValue: 4");
        says("SignalUnknown", "the query gives NaN");
        policy("query: 'sum(', averageValue: 4");
        says("SignalFailed", "the Prometheus can't read the query");
        connection(URI.create("http://127.0.0.1:9"));
        says("SignalFailed", "the Prometheus can't be reached");
        client.genericKubernetesResources("tidegate.io/v1alpha1", "Connection")
                .inNamespace(namespace)
                .withName(name)
                .delete();
        says("SignalFailed", "the Connection unknown does not exist");
        connection(prometheus.address());
        policy("query: sum(work_queued), averageValue: 4, maxAge: 5s");
        await().atMost(SOON).until(() -> !told("conditions").contains("Signal"));
        exporter.close();
        says("SignalUnknown", "the query gives no series");
        assertEquals(3, replicas());
    }

    private void says(String reason, String why) {
        await(reason + ", " + why)
                .atMost(SOON)
                .untilAsserted(() -> assertTrue(
                        told("conditions").contains(reason) && told("sentence").contains(why), () -> told("sentence")));
        assertEquals(3, replicas(), why);
    }

    private void connection(URI address) {
        apply("""
                apiVersion: tidegate.io/v1alpha1
                kind: Connection
                metadata: {name: %s, namespace: %s}
                spec: {prometheus: {url: "%s"}}
                """.formatted(name, namespace, address));
    }

    private void deployment() {
        apply("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s, namespace: %2$s}
                spec:
                  replicas: 0
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec:
                      nodeSelector: {tidegate.io/node: simulated}
                      terminationGracePeriodSeconds: 0
                      containers: [{name: worker, image: simulated}]
                """.formatted(name, namespace));
    }

    private void policy(String prometheusFields) {
        apply("""
                apiVersion: tidegate.io/v1alpha1
                kind: ScalingPolicy
                metadata: {name: %1$s, namespace: %2$s}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: %1$s}
                  replicas: {min: 0, max: 20}
                  signals:
                    - {name: load, prometheus: {connectionRef: %1$s, %3$s}}
                  behavior: {scaleUp: {stabilizationWindowSeconds: 3}, scaleDown: %4$s}
                """.formatted(name, namespace, prometheusFields, AT_ONCE));
    }

    private void apply(String manifest) {
        client.resource(Serialization.unmarshal(manifest, GenericKubernetesResource.class))
                .forceConflicts()
                .serverSideApply();
    }

    private String told(String field) {
        GenericKubernetesResource policy = client.genericKubernetesResources("tidegate.io/v1alpha1", "ScalingPolicy")
                .inNamespace(namespace)
                .withName(name)
                .get();
        Object value = policy == null ? null : policy.get("status", field);
        return value == null ? "" : value.toString();
    }

    private int replicas() {
        return workers().getSpec().getReplicas();
    }

    private int readyReplicas() {
        Deployment workers = client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(name)
                .get();
        Integer ready = workers == null ? null : workers.getStatus().getReadyReplicas();
        return ready == null ? 0 : ready;
    }

    private Deployment workers() {
        return client.apps().deployments().inNamespace(namespace).withName(name).require();
    }
}
