package io.tidegate.it.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.kubelet.ProcessKubelet;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.services.ServiceKind;
import io.tidegate.testbed.services.TidegateServices;
import io.tidegate.testbed.spark.SampleApp;
import io.tidegate.testbed.spark.SparkAppSpec;
import io.tidegate.testbed.spark.SparkExecutor;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;

/** A policy edit moves the cap of an application that runs: policy, three services, plugin, executors. */
@OnTestbed
@Tag("spark")
class SparkEndToEndIT {
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final int TASKS = 80;
    private static final long ROWS = TASKS * 100L;
    private static final String RESULT = "rows=" + ROWS + " bytes=" + ROWS * 1024 + " keys=" + ROWS * (ROWS - 1) / 2;

    private final SharedTestbed testbed;
    private final String namespace;
    private final TidegateServices services;

    SparkEndToEndIT(SharedTestbed testbed, ProcessKubelet kubelet, Isolation isolation) {
        testbed.requireSpark();
        assertFalse(kubelet.node().isBlank(), "executors need a process node");
        this.testbed = testbed;
        this.namespace = isolation.namespace();
        this.services = TidegateServices.start(testbed, Progress.console());
    }

    @AfterEach
    void stopServices() {
        services.close();
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(LONG).pollInterval(Duration.ofMillis(200));
    }

    private void policy(int min, int max) {
        GenericKubernetesResource policy =
                Serialization.unmarshal("""
                apiVersion: tidegate.io/v1alpha1
                kind: ScalingPolicy
                metadata: {name: nightly, namespace: %s}
                spec:
                  selector: {matchLabels: {pipeline: nightly}}
                  executors: {min: %d, max: %d}
                """.formatted(namespace, min, max), GenericKubernetesResource.class);
        testbed.controlPlane().client().resource(policy).forceConflicts().serverSideApply();
    }

    private GenericKubernetesResource told() {
        return testbed.controlPlane()
                .client()
                .genericKubernetesResources("tidegate.io/v1alpha1", "ScalingPolicy")
                .inNamespace(namespace)
                .withName("nightly")
                .get();
    }

    private int status(String field) {
        return told().get("status", field) instanceof Number number ? number.intValue() : -1;
    }

    /** The driver's own list and the API server's pods are the same executors, so many. */
    private static boolean agree(PluginApp app, int executors) {
        List<SparkExecutor> own = app.app().executors().orElse(List.of());
        Set<String> hosts = own.stream().map(SparkExecutor::host).collect(Collectors.toSet());
        Set<String> pods = app.app().executorPods().stream()
                .filter(pod -> pod.getStatus().getPhase().equals("Running"))
                .map(SparkEndToEndIT::address)
                .collect(Collectors.toSet());
        return own.size() == executors && hosts.equals(pods);
    }

    private static String address(Pod pod) {
        return String.valueOf(pod.getStatus().getPodIP());
    }

    @RepeatedTest(10)
    void anEditOfThePolicyMovesTheCapAndNothingIsLost() {
        SparkAppSpec spec = SparkAppSpec.of(namespace, "cap", SampleApp.SATURATED)
                .withArguments("tasks=" + TASKS, "taskMillis=1000", "rounds=1", "rows=100")
                .withLabel("pipeline", "nightly")
                .withDynamicAllocation(0, 100);
        policy(1, 1);
        String collector =
                services.process(ServiceKind.TELEMETRY_COLLECTOR).address().toString();
        try (PluginApp app = PluginApp.submit(testbed, spec, collector)) {
            await().until(() -> app.answered("cap") == 1 && app.answered("running") == 1);
            await().until(() -> agree(app, 1));
            policy(1, 3);
            await().until(() -> app.answered("cap") == 3 && app.answered("running") == 3);
            await().until(() -> agree(app, 3));
            await().until(() -> status("current") == 3 && status("desired") == 3);
            policy(1, 1);
            await().until(() ->
                    app.answered("cap") == 1 && app.answered("running") == 1 && app.answered("draining") == 0);
            await().until(() -> agree(app, 1));
            policy(1, 3);

            assertEquals(RESULT, app.app().awaitResult(LONG));
            assertEquals(0, app.logged("FetchFailed"));
            assertEquals(0, app.logged("Lost task"));
            assertEquals(0, app.logged("Resubmitted"));
        }
    }
}
