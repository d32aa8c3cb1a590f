package io.tidegate.it.kinds;

import static io.tidegate.it.kinds.Applications.KUBEFLOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.kubelet.ProcessKubelet;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.services.ServiceKind;
import io.tidegate.testbed.services.TidegateServices;
import io.tidegate.testbed.spark.SampleApp;
import io.tidegate.testbed.spark.SparkApp;
import io.tidegate.testbed.spark.SparkAppSpec;
import io.tidegate.testbed.spark.SparkOperators;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real run of an application that recurs: what is seen of it says what the next one begins with. The test plays the operator. */
@OnTestbed
@Tag("spark")
class NextRunIT {

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final String SCHEDULED = "ScheduledSparkApplication";
    private static final String APP_NAME = "sparkoperator.k8s.io/app-name";

    private final SharedTestbed testbed;
    private final String namespace;
    private final Applications applications;
    private final TidegateServices services;

    NextRunIT(SharedTestbed testbed, ProcessKubelet kubelet, Isolation isolation) {
        testbed.requireSpark();
        assertFalse(kubelet.node().isBlank(), "executors need a process node");
        this.testbed = testbed;
        this.namespace = isolation.namespace();
        this.applications = new Applications(testbed.controlPlane().client(), namespace);
        SparkOperators.install(testbed.controlPlane().client());
        this.services = TidegateServices.start(testbed, Progress.console());
    }

    @AfterEach
    void stopServices() {
        services.close();
    }

    @ParameterizedTest
    @CsvSource({"true, told", "false, polled"})
    void aRunSaysWhatTheNextOneBeginsWith(boolean plugin, String name) {
        applications.create(KUBEFLOW, SCHEDULED, name, "{schedule: '@daily', template: {executor: {instances: 40}}}");
        applications.status(KUBEFLOW, SCHEDULED, name, "{\"lastRunName\":\"" + name + "-1\"}");
        applications.policy(
                KUBEFLOW,
                SCHEDULED,
                name,
                "executors: {min: 0, max: 3}\nobjective: {duration: 10m}\nresources: {mode: NextRun}");
        await().until(() -> instances(name).equals("3"));
        await().until(() -> applications.told(name, "reason").equals("LearningRate"));
        SparkAppSpec spec = SparkAppSpec.of(namespace, name, SampleApp.SATURATED)
                .withArguments("tasks=24", "taskMillis=1000", "rounds=1", "rows=100")
                .withLabel(APP_NAME, name + "-1")
                .withExecutors(1);
        String collector =
                services.process(ServiceKind.TELEMETRY_COLLECTOR).address().toString();
        try (SparkApp app = SparkApp.submit(testbed, plugin ? spec.withPlugin(collector) : spec)) {
            assertEquals("rows=2400 bytes=2457600 keys=2878800", app.awaitResult(LONG));
            await().until(() -> instances(name).equals("1"));
        }
        await().until(() -> applications.told(name, "sentence").contains("The last run's tasks took"));
        String sentence = applications.told(name, "sentence");
        assertTrue(sentence.contains("of 600 s that it may take"), sentence);
        assertEquals("true", applications.told(name, "objectiveHeld"));
    }

    private String instances(String name) {
        return applications.field(KUBEFLOW, SCHEDULED, name, "spec", "template", "executor", "instances");
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(LONG).pollInterval(Duration.ofMillis(200));
    }
}
