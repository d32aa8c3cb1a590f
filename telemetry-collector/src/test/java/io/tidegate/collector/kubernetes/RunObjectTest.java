package io.tidegate.collector.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.tidegate.collector.kubernetes.RunObject.Template;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RunObjectTest {

    private static final String HIDDEN =
            "its template says how many executors in sparkConf (%s), which is left alone; say it in"
                    + " executor.instances or dynamicAllocation";

    record Case(String name, String template, Template expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> templates() {
        return Stream.of(
                new Case("so many", "{executor: {instances: 40}}", new Template(false, 40, null)),
                new Case("Spark's own number", "{executor: {cores: 2}}", new Template(false, 2, null)),
                new Case("nothing at all", "{}", new Template(false, 2, null)),
                new Case("far too many", "{executor: {instances: 99999999999}}", new Template(false, 1_000_000, null)),
                new Case("fewer than none", "{executor: {instances: -3}}", new Template(false, 0, null)),
                new Case("words", "{executor: {instances: many}}", new Template(false, 2, null)),
                new Case(
                        "dynamic",
                        "{executor: {instances: 40}, dynamicAllocation: {enabled: true, initialExecutors: 5}}",
                        new Template(true, 5, null)),
                new Case(
                        "dynamic from its smallest",
                        "{dynamicAllocation: {enabled: true, minExecutors: 3, maxExecutors: 9}}",
                        new Template(true, 3, null)),
                new Case("dynamic from nothing", "{dynamicAllocation: {enabled: true}}", new Template(true, 0, null)),
                new Case(
                        "dynamic but for being off",
                        "{dynamicAllocation: {enabled: false, initialExecutors: 5}, executor: {instances: 7}}",
                        new Template(false, 7, null)),
                new Case(
                        "settings that say it too",
                        "{sparkConf: {spark.executor.instances: '40', spark.eventLog.dir: x}}",
                        new Template(false, 2, HIDDEN.formatted("spark.executor.instances"))),
                new Case(
                        "settings that make it dynamic",
                        "{sparkConf: {spark.dynamicAllocation.maxExecutors: '9', spark.dynamicAllocation.enabled: 'true'}}",
                        new Template(false, 2, HIDDEN.formatted("spark.dynamicAllocation.enabled"))));
    }

    @ParameterizedTest
    @MethodSource("templates")
    void readsWhatRunsBeginWithAlsoAfterTheRestIsDropped(Case one) {
        GenericKubernetesResource object = object("spec: {schedule: '@daily', template: " + one.template() + "}");
        assertEquals(one.expected(), RunObject.of(object).template());
        RunObject.trim(object);
        assertEquals(one.expected(), RunObject.of(object).template());
    }

    @Test
    void readsHowBothOperatorsSayThatARunStands() {
        assertEquals(
                "RUNNING",
                RunObject.of(object("status: {applicationState: {state: RUNNING}}"))
                        .state());
        assertEquals(
                "RunningHealthy",
                RunObject.of(object("status: {currentState: {currentStateSummary: RunningHealthy}}"))
                        .state());
        assertEquals(
                "nightly-17",
                RunObject.of(object("status: {scheduleState: Scheduled, lastRunName: nightly-17}"))
                        .lastRun());
        RunObject nothing = RunObject.of(object("spec: {}"));
        assertNull(nothing.state());
        assertNull(nothing.lastRun());
        assertNull(nothing.template());
        assertEquals(
                256,
                String.valueOf(RunObject.of(object("status: {applicationState: {state: " + "x".repeat(999) + "}}"))
                                .state())
                        .length());
    }

    @Test
    void keepsNoSettingThatIsNobodysBusiness() {
        GenericKubernetesResource object = object("""
                spec:
                  template:
                    executor: {instances: 4, env: [{name: PASSWORD, value: canary}]}
                    driver: {env: [{name: PASSWORD, value: canary}]}
                    sparkConf: {spark.hadoop.fs.s3a.secret.key: canary, spark.executor.instances: '3'}
                  sparkConf: {spark.hadoop.fs.s3a.secret.key: canary}
                status: {applicationState: {state: FAILED}, executorState: {canary: RUNNING}}
                """);
        RunObject.trim(object);
        String kept = object.getAdditionalProperties().toString();
        assertFalse(kept.contains("canary"), kept);
        assertTrue(kept.contains("FAILED"), kept);
        RunObject.trim(object("kind: SparkApplication"));
    }

    private static GenericKubernetesResource object(String yaml) {
        return ApiObjects.of("metadata: {name: nightly, namespace: sales, uid: uid-1}\n" + yaml);
    }
}
