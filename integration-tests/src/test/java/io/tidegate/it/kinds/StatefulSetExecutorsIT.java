package io.tidegate.it.kinds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Pod;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.kubelet.ProcessKubelet;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.services.TidegateServices;
import io.tidegate.testbed.spark.SampleApp;
import io.tidegate.testbed.spark.SparkApp;
import io.tidegate.testbed.spark.SparkAppSpec;
import io.tidegate.testbed.spark.SparkExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real executors in a StatefulSet, which an ordinary policy scales through its scale subresource. */
@OnTestbed
@Tag("spark")
class StatefulSetExecutorsIT {

    private static final Duration LONG = Duration.ofMinutes(3);

    private final SharedTestbed testbed;
    private final String namespace;
    private final Applications applications;
    private final TidegateServices services;

    StatefulSetExecutorsIT(SharedTestbed testbed, ProcessKubelet kubelet, Isolation isolation) {
        testbed.requireSpark();
        assertFalse(kubelet.node().isBlank(), "executors need a process node");
        this.testbed = testbed;
        this.namespace = isolation.namespace();
        this.applications = new Applications(testbed.controlPlane().client(), namespace);
        this.services = TidegateServices.start(testbed, Progress.console());
    }

    @AfterEach
    void stopServices() {
        services.close();
    }

    @Test
    void anExecutorThatGoesHandsOverWhatItHolds() throws IOException {
        SparkAppSpec spec = SparkAppSpec.of(namespace, "set", SampleApp.SATURATED)
                .withArguments("tasks=40", "taskMillis=1000", "rounds=1", "rows=100")
                .withConf("spark.kubernetes.allocation.pods.allocator", "statefulset")
                .withConf("spark.kubernetes.executor.terminationGracePeriodSeconds", "120")
                .withDecommissioning()
                .withExecutors(1);
        try (SparkApp app = SparkApp.submit(testbed, spec)) {
            String set = "spark-s-" + app.appId() + "-0";
            app.awaitExecutors(1, LONG);
            size(set, 2);
            app.awaitExecutors(2, LONG);
            await().until(() ->
                    app.executors().orElse(List.of()).stream().allMatch(executor -> executor.completedTasks() > 1));
            size(set, 1);
            await().until(() -> running(app) == 1);
            List<SparkExecutor> left = app.awaitExecutors(1, LONG);

            assertEquals("rows=4000 bytes=4096000 keys=7998000", app.awaitResult(LONG));
            String log = Files.readString(app.log());
            assertFalse(log.contains("FetchFailed"), "no block was missed");
            assertFalse(log.contains("Lost task"), "no task was lost");
            assertEquals(1, left.size());
            assertTrue(applications.told("set", "reason").length() > 0, applications.told("set"));
        }
    }

    /** A policy by a schedule that is always open, so that its size is what is asked for. */
    private void size(String set, int replicas) {
        applications.policy(
                "set", "{apiVersion: apps/v1, kind: StatefulSet, name: " + set + "}", """
                replicas: {min: 1, max: 4}
                signals:
                  - {name: always, schedule: {timeZone: UTC, start: "0 0 1 1 *", end: "59 23 31 12 *", replicas: %d}}
                behavior: {scaleDown: {stabilizationWindowSeconds: 0}}
                """.formatted(replicas));
    }

    private static long running(SparkApp app) {
        return app.executorPods().stream()
                .map(Pod::getStatus)
                .filter(status -> status.getPhase().equals("Running"))
                .count();
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(LONG).pollInterval(Duration.ofMillis(200));
    }
}
