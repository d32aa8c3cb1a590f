package io.tidegate.it.kinds;

import static io.tidegate.it.kinds.Applications.APACHE;
import static io.tidegate.it.kinds.Applications.KUBEFLOW;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.services.TidegateServices;
import io.tidegate.testbed.spark.SparkOperators;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Objects of both Spark operators, three services and the real API server. */
@OnTestbed
class SparkKindsIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String APPLICATION = "SparkApplication";
    private static final String SCHEDULED = "ScheduledSparkApplication";

    private static TidegateServices services;

    private final Applications applications;
    private final WritesOfTidegate writes;

    SparkKindsIT(SharedTestbed testbed, Isolation isolation) {
        this.applications = new Applications(testbed.controlPlane().client(), isolation.namespace());
        this.writes = new WritesOfTidegate(testbed.controlPlane(), isolation.namespace());
    }

    @BeforeAll
    static void start(SharedTestbed testbed) {
        SparkOperators.install(testbed.controlPlane().client());
        services = TidegateServices.start(testbed, Progress.console());
    }

    @AfterAll
    static void stop() {
        services.close();
    }

    /**
     * An operator.
     *
     * @param label of its driver pods, with the application's name
     * @param done its status of an application that is over
     */
    record Operator(String apiVersion, String name, String spec, String label, String done) {
        @Override
        public String toString() {
            return apiVersion;
        }
    }

    static List<Operator> operators() {
        return List.of(
                new Operator(
                        KUBEFLOW,
                        "daily-k",
                        "{type: Scala, executor: {instances: 1}}",
                        "sparkoperator.k8s.io/app-name",
                        "{\"applicationState\":{\"state\":\"COMPLETED\"}}"),
                new Operator(
                        APACHE,
                        "daily-a",
                        "{mainClass: Daily, sparkConf: {spark.executor.instances: '1'}}",
                        "spark.operator/spark-app-name",
                        "{\"currentState\":{\"currentStateSummary\":\"COMPLETED\"}}"));
    }

    @ParameterizedTest
    @MethodSource("operators")
    void scalesAnApplicationByItsDriverAndNeverWritesToIt(Operator operator) {
        String name = operator.name();
        String driver = name + "-driver";
        applications.policy(operator.apiVersion(), APPLICATION, name, "executors: {min: 3, max: 9}");
        says(name, "SparkApplication " + name + " does not exist in namespace " + applications.namespace());
        applications.create(operator.apiVersion(), APPLICATION, name, operator.spec());
        says(name, "no driver runs");
        assertEquals("TargetMissing", applications.told(name, "reason"));
        applications.status(operator.apiVersion(), APPLICATION, name, operator.done());
        says(name, "SparkApplication " + name + " is COMPLETED");

        applications.driver(driver, Map.of(operator.label(), name));
        says(name, "the driver pod " + driver + " has no answer of Tidegate's plugin");
        assertEquals("", applications.desired(driver));
        applications.answer(driver, 1);
        await().atMost(SOON).until(() -> applications.desired(driver), text -> text.contains("\"cap\":3"));
        await().atMost(SOON).until(() -> applications.told(name, "desired").equals("3"));
        assertEquals("TooFewReplicas", applications.told(name, "reason"));

        applications.phase(driver, "Succeeded");
        says(name, "SparkApplication " + name + " is COMPLETED");
        assertEquals(1, applications.generation(operator.apiVersion(), APPLICATION, name));
        assertFalse(writes.byAnybodyTo("sparkapplications").isEmpty(), "the audit log has writes to this kind");
        assertEquals(List.of(), writes.to("sparkapplications", name));
    }

    @Test
    void recommendsWhatTheNextRunBeginsWithAndWritesItOnlyIfThePolicySaysSo() {
        String template = "{schedule: '@daily', template: {executor: {instances: 40, cores: 4}}}";
        applications.create(KUBEFLOW, SCHEDULED, "nightly", template);
        applications.policy(KUBEFLOW, SCHEDULED, "nightly", "executors: {min: 2, max: 12}");
        await().atMost(SOON).until(() -> applications.told("nightly", "desired").equals("12"));
        assertEquals("40", applications.told("nightly", "current"));
        assertEquals("TooManyReplicas", applications.told("nightly", "reason"));
        await().atMost(SOON)
                .until(
                        () -> applications.told("nightly", "conditions"),
                        conditions -> conditions.contains(
                                "12 executors are recommended for the next run; set resources.mode to NextRun to have them written"));
        assertEquals("40", instances());

        applications.policy(KUBEFLOW, SCHEDULED, "nightly", "executors: {min: 2, max: 12}\nresources: {mode: NextRun}");
        await().atMost(SOON).until(() -> instances().equals("12"));
        await().atMost(SOON).until(() -> applications.told("nightly", "current").equals("12"));
        assertEquals("4", applications.field(KUBEFLOW, SCHEDULED, "nightly", "spec", "template", "executor", "cores"));
        List<String> written = writes.to("scheduledsparkapplications", "nightly");
        assertEquals(1, written.size(), written::toString);
        assertTrue(written.getFirst().contains("\"verb\":\"patch\""), written::toString);
        assertTrue(written.getFirst().contains(":tidegate-autoscaler\""), written::toString);
    }

    @Test
    void leavesTheTemplateAloneWhileARunIsOnAndScalesTheRun() {
        applications.create(
                KUBEFLOW,
                SCHEDULED,
                "hourly",
                "{schedule: '@hourly', template: {dynamicAllocation: {enabled: true, initialExecutors: 5}}}");
        applications.create(KUBEFLOW, APPLICATION, "hourly-1", "{dynamicAllocation: {enabled: true}}");
        applications.status(KUBEFLOW, SCHEDULED, "hourly", "{\"lastRunName\":\"hourly-1\"}");
        applications.driver("hourly-1-driver", Map.of("sparkoperator.k8s.io/app-name", "hourly-1"));
        applications.answer("hourly-1-driver", 1);
        applications.policy(KUBEFLOW, SCHEDULED, "hourly", "executors: {min: 7, max: 9}\nresources: {mode: NextRun}");
        await().atMost(SOON).until(() -> applications.desired("hourly-1-driver"), text -> text.contains("\"cap\":7"));
        assertEquals(List.of(), writes.to("scheduledsparkapplications", "hourly"));

        applications.phase("hourly-1-driver", "Succeeded");
        await().atMost(SOON).until(() -> bounds().equals("7 7 9"));
        assertEquals(List.of(), writes.to("sparkapplications", "hourly-1"));
        assertEquals(1, applications.generation(KUBEFLOW, APPLICATION, "hourly-1"));
    }

    private String instances() {
        return applications.field(KUBEFLOW, SCHEDULED, "nightly", "spec", "template", "executor", "instances");
    }

    private String bounds() {
        return String.join(" ", allocation("minExecutors"), allocation("initialExecutors"), allocation("maxExecutors"));
    }

    private String allocation(String field) {
        return applications.field(KUBEFLOW, SCHEDULED, "hourly", "spec", "template", "dynamicAllocation", field);
    }

    private void says(String policy, String words) {
        await().atMost(SOON).until(() -> applications.told(policy, "sentence"), text -> text.contains(words));
    }
}
