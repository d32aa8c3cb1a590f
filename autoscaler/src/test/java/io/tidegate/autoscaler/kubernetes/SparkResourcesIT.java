package io.tidegate.autoscaler.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.autoscaler.testing.Cluster;
import io.tidegate.autoscaler.testing.Kubectl;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the real API server says of policies for Spark applications, good and bad. */
@OnTestbed
class SparkResourcesIT {

    private static final String BY_LABELS = "selector: {matchLabels: {pipeline: nightly}}";
    private static final String BY_NAME =
            "scaleTargetRef: {apiVersion: sparkoperator.k8s.io/v1beta2, kind: SparkApplication, name: daily-agg}";
    private static final String APACHE =
            "scaleTargetRef: {apiVersion: spark.apache.org/v1, kind: SparkApplication, name: daily-agg}";
    private static final String SCHEDULED =
            "scaleTargetRef: {apiVersion: sparkoperator.k8s.io/v1beta2, kind: ScheduledSparkApplication, name: nightly}";
    private static final String DEPLOYMENT = "scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: x}";
    private static final String KAFKA =
            "signals: [{name: lag, kafka: {connectionRef: c, consumerGroup: g, topics: [t]}}]";
    private static final String NIGHT =
            "signals: [{name: night, schedule: {timeZone: UTC, start: 0 22 * * *, end: 0 6 * * *, replicas: 9}}]";
    private static final String BOUNDS = "executors: {min: 2, max: 80}";

    private static final String ONE_TARGET = "a policy needs exactly one of scaleTargetRef and selector";
    private static final String NEEDS_EXECUTORS = "a Spark application needs executors, such as {min: 2, max: 80}";
    private static final String ONLY_SPARK = "executors are for Spark applications";
    private static final String ONE_OBJECTIVE = "an objective needs exactly one of maxLatency, duration and deadline";
    private static final String SPARK_OBJECTIVE =
            "objective.duration, deadline and batchOverTrigger are for Spark applications; other workloads have objective.maxLatency";

    private final Kubectl kubectl;
    private final Path folder;

    SparkResourcesIT(SharedTestbed testbed, Isolation isolation) {
        Cluster.install(testbed.controlPlane().client());
        this.kubectl = new Kubectl(testbed.controlPlane(), isolation.namespace());
        this.folder = testbed.directory().folder("spark-resources-it");
    }

    record Case(String message, List<String> fields) {

        Case(String message, String... fields) {
            this(message, List.of(fields));
        }

        String name() {
            return String.join(", ", fields);
        }
    }

    @TestFactory
    Stream<DynamicTest> refusesTargetsAndBoundsInWordsThatPeopleUnderstand() {
        return refused(
                new Case(ONE_TARGET, KAFKA),
                new Case(ONE_TARGET, BY_LABELS, BY_NAME, BOUNDS),
                new Case(ONE_TARGET, BY_LABELS, DEPLOYMENT, BOUNDS),
                new Case("should have at least 1 properties", "selector: {matchLabels: {}}", BOUNDS),
                new Case("spec.selector.matchLabels", "selector: {}", BOUNDS),
                new Case(
                        "selector.matchLabels has a name that no label can have",
                        "selector: {matchLabels: {'a=b,c': d}}",
                        BOUNDS),
                new Case("should match", "selector: {matchLabels: {a: 'b,c'}}", BOUNDS),
                new Case(NEEDS_EXECUTORS, BY_LABELS),
                new Case(NEEDS_EXECUTORS, BY_NAME),
                new Case(NEEDS_EXECUTORS, APACHE, NIGHT),
                new Case(
                        "a Spark application has executors in place of replicas",
                        BY_NAME,
                        BOUNDS,
                        "replicas: {min: 2, max: 80}"),
                new Case(ONLY_SPARK, DEPLOYMENT, KAFKA, BOUNDS),
                new Case(
                        ONLY_SPARK,
                        "scaleTargetRef: {apiVersion: example.com/v1, kind: SparkApplication, name: x}",
                        KAFKA,
                        BOUNDS),
                new Case(
                        "executors.min must not be greater than executors.max", BY_NAME, "executors: {min: 3, max: 2}"),
                new Case("spec.executors.max", BY_NAME, "executors: {min: 3}"),
                new Case("should be greater than or equal to 1", BY_NAME, "executors: {max: 0}"),
                new Case(
                        ONLY_SPARK,
                        "scaleTargetRef: {apiVersion: spark.apache.org/v1, kind: ScheduledSparkApplication, name: x}",
                        KAFKA,
                        BOUNDS),
                new Case(NEEDS_EXECUTORS, SCHEDULED),
                new Case(
                        "resources are for a ScheduledSparkApplication", BY_NAME, BOUNDS, "resources: {mode: NextRun}"),
                new Case("resources are for a ScheduledSparkApplication", DEPLOYMENT, KAFKA, "resources: {}"),
                new Case("resources are for a ScheduledSparkApplication", BY_LABELS, BOUNDS, "resources: {}"),
                new Case("Unsupported value: \"InPlace\"", SCHEDULED, BOUNDS, "resources: {mode: InPlace}"),
                new Case(
                        "objective.maxLatency is for streams, and a ScheduledSparkApplication is batch",
                        SCHEDULED,
                        BOUNDS,
                        "objective: {maxLatency: 60s}"),
                new Case("a policy needs signals, unless it scales a Spark application", DEPLOYMENT),
                new Case("a Spark application takes signals of the kind schedule only", BY_NAME, BOUNDS, KAFKA),
                new Case(
                        "a signal must not be named spark",
                        DEPLOYMENT,
                        "signals: [{name: spark, resource: {name: cpu, averageUtilization: 70}}]"),
                new Case(
                        "fallback.replicas must lie within executors.min and executors.max",
                        BY_NAME,
                        BOUNDS,
                        "fallback: {after: 3m, replicas: 1}"));
    }

    @TestFactory
    Stream<DynamicTest> refusesRulesInWordsThatPeopleUnderstand() {
        return refused(
                new Case("spark is for Spark applications", DEPLOYMENT, KAFKA, "spark: {query: q}"),
                new Case("Unsupported value: \"shared\"", BY_NAME, BOUNDS, "spark: {mode: shared}"),
                new Case("at least 1 chars", BY_NAME, BOUNDS, "spark: {query: ''}"),
                new Case("should match", BY_NAME, BOUNDS, "spark: {trigger: soon}"),
                new Case(ONE_OBJECTIVE, BY_NAME, BOUNDS, "objective: {}"),
                new Case(ONE_OBJECTIVE, BY_NAME, BOUNDS, "objective: {duration: 40m, maxLatency: 30s}"),
                new Case(
                        "objective.percentile and batchOverTrigger are given with maxLatency only",
                        BY_NAME,
                        BOUNDS,
                        "objective: {duration: 40m, percentile: 99}"),
                new Case(SPARK_OBJECTIVE, DEPLOYMENT, KAFKA, "objective: {duration: 40m}"),
                new Case(SPARK_OBJECTIVE, DEPLOYMENT, KAFKA, "objective: {deadline: {at: '06:00', timeZone: UTC}}"),
                new Case(SPARK_OBJECTIVE, DEPLOYMENT, KAFKA, "objective: {maxLatency: 30s, batchOverTrigger: 0.7}"),
                new Case(
                        "and spark.query names a stream",
                        BY_NAME,
                        BOUNDS,
                        "objective: {duration: 40m}",
                        "spark: {query: q}"),
                new Case("objective.duration must be at least 1s", BY_NAME, BOUNDS, "objective: {duration: 999ms}"),
                new Case(
                        "objective.duration must be a duration such as 40m or 1h30m",
                        BY_NAME,
                        BOUNDS,
                        "objective: {duration: forever}"),
                new Case(
                        "should match",
                        BY_NAME,
                        BOUNDS,
                        "objective: {deadline: {at: '24:00', timeZone: Europe/Amsterdam}}"),
                new Case("spec.objective.deadline.timeZone", BY_NAME, BOUNDS, "objective: {deadline: {at: '06:00'}}"),
                new Case(
                        "should be less than or equal to 1",
                        BY_NAME,
                        BOUNDS,
                        "objective: {maxLatency: 30s, batchOverTrigger: 1.1}"));
    }

    @TestFactory
    Stream<DynamicTest> acceptsGoodPolicies() {
        return Stream.of(
                        new Case("", BY_NAME, BOUNDS),
                        new Case("", APACHE, "executors: {max: 1}"),
                        new Case("", BY_LABELS, BOUNDS, "mode: Shadow"),
                        new Case("", SCHEDULED, BOUNDS),
                        new Case("", SCHEDULED, BOUNDS, "resources: {}"),
                        new Case("", SCHEDULED, BOUNDS, "resources: {mode: NextRun}", "objective: {duration: 40m}"),
                        new Case(
                                "",
                                "selector: {matchLabels: {app.kubernetes.io/name: clicks, team: ''}}",
                                BOUNDS,
                                "spark: {mode: managed, allowStageRetry: true, query: clicks-to-lake, trigger: 0s}",
                                "objective: {maxLatency: 60s, percentile: 95, batchOverTrigger: 0.7}"),
                        new Case("", BY_NAME, BOUNDS, "spark: {mode: bounded}", "objective: {duration: 40m}"),
                        new Case(
                                "",
                                BY_NAME,
                                BOUNDS,
                                "objective: {deadline: {at: '06:00', timeZone: Europe/Amsterdam, days: MON-FRI}}"),
                        new Case("", BY_LABELS, BOUNDS, NIGHT, "formula: max(spark, night)", "profileRef: batch"),
                        new Case("", BY_LABELS, BOUNDS, "fallback: {after: 3m, replicas: 80}"),
                        new Case("", BY_LABELS, BOUNDS, "behavior: {scaleDown: {selectPolicy: Disabled}}"))
                .map(good -> DynamicTest.dynamicTest(good.name(), () -> {
                    String said = create(good.fields());
                    assertTrue(said.contains("created"), said);
                }));
    }

    @Test
    void fillsInWhatIsNotSaid() {
        String said = kubectl.run(
                "apply",
                "-f",
                write(policy(List.of(BY_LABELS, "executors: {max: 9}", "spark: {query: q}")))
                        .toString());
        assertTrue(said.contains("created"), said);
        assertEquals(
                "{\"executors\":{\"max\":9,\"min\":0},\"selector\":{\"matchLabels\":{\"pipeline\":\"nightly\"}},"
                        + "\"spark\":{\"allowStageRetry\":false,\"query\":\"q\"}}",
                kubectl.run("get", "sp", "nightly", "-o", "jsonpath={.spec}"));
    }

    private Stream<DynamicTest> refused(Case... cases) {
        return Stream.of(cases)
                .map(bad -> DynamicTest.dynamicTest(bad.name(), () -> {
                    String said = create(bad.fields());
                    assertTrue(said.contains(bad.message()), said);
                }));
    }

    private String create(List<String> fields) {
        return kubectl.run(
                "create", "--dry-run=server", "-f", write(policy(fields)).toString());
    }

    private static String policy(List<String> fields) {
        return "apiVersion: tidegate.io/v1alpha1\nkind: ScalingPolicy\nmetadata: {name: nightly}\nspec:\n  "
                + String.join("\n  ", fields) + "\n";
    }

    private Path write(String manifest) {
        try {
            return Files.writeString(Files.createTempFile(folder, "manifest", ".yaml"), manifest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
