package io.tidegate.autoscaler.kubernetes;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.autoscaler.testing.Cluster;
import io.tidegate.autoscaler.testing.Kubectl;
import io.tidegate.testbed.files.TestbedHome;
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

/** What the real API server says of policies and connections, good and bad. */
@OnTestbed
class CustomResourcesIT {

    private static final String NIGHT = "{timeZone: Europe/Amsterdam, start: 0 22 * * *, end: 0 6 * * *, replicas: 20}";
    private static final String GOOD_SIGNAL = "{name: lag, kafka: {connectionRef: c, consumerGroup: g, topics: [t]}}";
    private static final String MIN_ABOVE_MAX = "replicas.min must not be greater than replicas.max";
    private static final String ONE_KIND =
            "a signal needs exactly one kind; this version knows kafka, resource, schedule and prometheus";
    private static final String ONE_TARGET =
            "a resource needs averageUtilization or averageValue, and not both of them";
    private static final String A_QUANTITY = "resource.averageValue must be a quantity above 0, such as 500m or 2Gi";
    private static final String NOTHING_WAKES = "replicas.min 0 needs a signal that can wake the workload from zero";
    private static final String NOT_A_DURATION =
            "objective.maxLatency must be a duration such as 10s, 1m30s or 1s500ms";

    private final Kubectl kubectl;
    private final Path folder;

    CustomResourcesIT(SharedTestbed testbed, Isolation isolation) {
        Cluster.install(testbed.controlPlane().client());
        this.kubectl = new Kubectl(testbed.controlPlane(), isolation.namespace());
        this.folder = testbed.directory().folder("custom-resources-it");
    }

    record Case(String name, String spec, String message) {}

    @TestFactory
    Stream<DynamicTest> refusesBadPoliciesInWordsThatPeopleUnderstand() {
        return Stream.of(
                        new Case("min above max", "replicas: {min: 5, max: 3}", MIN_ABOVE_MAX),
                        new Case("max zero", "replicas: {max: 0}", "should be greater than or equal to 1"),
                        new Case("min negative", "replicas: {min: -1}", "should be greater than or equal to 0"),
                        new Case("no signals", "signals: []", "should have at least 1 items"),
                        new Case("no kind", "signals: [{name: lag}]", ONE_KIND),
                        new Case(
                                "the same signal twice",
                                "signals: [" + GOOD_SIGNAL + ", " + GOOD_SIGNAL + "]",
                                "Duplicate value: {\"name\":\"lag\"}"),
                        new Case(
                                "threshold with objective",
                                "objective: {maxLatency: 10s}\n"
                                        + "  signals: [{name: lag, kafka: {connectionRef: c, consumerGroup: g, topics: [t], lagThreshold: 5}}]",
                                "kafka.lagThreshold is used only without an objective"),
                        new Case(
                                "latency too short",
                                "objective: {maxLatency: 500ms}",
                                "objective.maxLatency must be at least 1s"),
                        new Case("latency no duration", "objective: {maxLatency: soon}", NOT_A_DURATION),
                        new Case("latency empty", "objective: {maxLatency: ''}", NOT_A_DURATION),
                        new Case(
                                "percentile",
                                "objective: {maxLatency: 1s, percentile: 101}",
                                "should be less than or equal to 100"),
                        new Case(
                                "fallback out of bounds",
                                "replicas: {max: 10}\n  fallback: {after: 3m, replicas: 11}",
                                "fallback.replicas must lie within replicas.min and replicas.max"),
                        new Case(
                                "fallback at once",
                                "fallback: {after: 0s, replicas: 5}",
                                "fallback.after must be at least 1s"),
                        new Case(
                                "no rate limits",
                                "behavior: {scaleUp: {policies: []}}",
                                "should have at least 1 items"),
                        new Case(
                                "window too long",
                                "behavior: {scaleDown: {stabilizationWindowSeconds: 3601}}",
                                "should be less than or equal to 3600"),
                        new Case("unknown field", "executor: {min: 2}", "unknown field \"spec.executor\""),
                        new Case("unknown mode", "mode: Sometimes", "Unsupported value: \"Sometimes\""))
                .map(bad -> DynamicTest.dynamicTest(bad.name(), () -> {
                    String said = create(policy(bad.spec()));
                    assertTrue(said.contains(bad.message()), said);
                }));
    }

    @TestFactory
    Stream<DynamicTest> refusesBadSignalsInWordsThatPeopleUnderstand() {
        return Stream.of(
                        signal(
                                "two kinds",
                                "resource: {name: cpu, averageUtilization: 1}, schedule: " + NIGHT,
                                ONE_KIND),
                        signal(
                                "both targets",
                                "resource: {name: cpu, averageUtilization: 1, averageValue: 1}",
                                ONE_TARGET),
                        signal("no target", "resource: {name: cpu}", ONE_TARGET),
                        signal(
                                "utilization zero",
                                "resource: {name: cpu, averageUtilization: 0}",
                                "greater than or equal to 1"),
                        signal("value in words", "resource: {name: cpu, averageValue: much}", A_QUANTITY),
                        signal("value zero", "resource: {name: cpu, averageValue: 0}", A_QUANTITY),
                        signal("value negative", "resource: {name: memory, averageValue: -1Gi}", A_QUANTITY),
                        signal(
                                "no such resource",
                                "resource: {name: gpu, averageValue: 1}",
                                "Unsupported value: \"gpu\""),
                        signal(
                                "init period",
                                "resource: {name: cpu, averageValue: 1, cpuInitializationPeriod: soon}",
                                "should match"),
                        signal(
                                "half a schedule",
                                "schedule: {timeZone: UTC, start: 0 22 * * *, replicas: 1}",
                                "spec.signals[0].schedule.end"),
                        signal(
                                "no cron",
                                "schedule: {timeZone: UTC, start: daily, end: 0 6 * * *, replicas: 1}",
                                "at least 6 chars"),
                        signal(
                                "limit and idle",
                                kafka("limitToPartitionsWithLag: true, allowIdleConsumers: true"),
                                "limitToPartitionsWithLag and allowIdleConsumers contradict each other; give at most one of them"),
                        signal(
                                "limit and even",
                                kafka("limitToPartitionsWithLag: true, evenDistribution: true"),
                                "limitToPartitionsWithLag and evenDistribution contradict each other; give at most one of them"),
                        signal(
                                "a range backwards",
                                kafka("partitions: '1,9-5'"),
                                "a range of partitions must not end before it begins"),
                        signal("no range", kafka("partitions: '1, 2'"), "should match"),
                        new Case(
                                "a name that is taken",
                                "signals: [{name: usage, resource: {name: cpu, averageUtilization: 70}}]",
                                "a signal must not be named usage"),
                        new Case(
                                "a resource that can't wake",
                                "replicas: {min: 0}\n  signals: [{name: cpu, resource: {name: cpu, averageUtilization: 70}}]",
                                NOTHING_WAKES),
                        new Case("formula too long", "formula: '" + "1+".repeat(500) + "1'", "Too long"))
                .map(bad -> DynamicTest.dynamicTest(bad.name(), () -> {
                    String said = create(policy(bad.spec()));
                    assertTrue(said.contains(bad.message()), said);
                }));
    }

    @TestFactory
    Stream<DynamicTest> refusesBadQueriesInWordsThatPeopleUnderstand() {
        String aQuantity = " must be a quantity above 0, such as 4, 500m or 2Gi";
        String oneTarget = "prometheus needs averageValue (the share of each replica) or value";
        return Stream.of(
                        signal("no target of a query", prometheus("maxAge: 1m"), oneTarget),
                        signal("both targets of a query", prometheus("value: 1, averageValue: 1"), oneTarget),
                        signal("an average in words", prometheus("averageValue: much"), "averageValue" + aQuantity),
                        signal("an average of nothing", prometheus("averageValue: 0"), "averageValue" + aQuantity),
                        signal("a value below nothing", prometheus("value: -1m"), "prometheus.value" + aQuantity),
                        signal(
                                "activity below nothing",
                                prometheus("value: 1, activation: -1"),
                                "prometheus.activation must be a quantity of 0 or more"),
                        signal("an age in words", prometheus("value: 1, maxAge: old"), "should match"),
                        signal("no age", prometheus("value: 1, maxAge: 500ms"), "prometheus.maxAge must be 1s to 1h"),
                        signal("any age", prometheus("value: 1, maxAge: 2h"), "prometheus.maxAge must be 1s to 1h"),
                        signal(
                                "a blank query",
                                "prometheus: {connectionRef: c, query: ' ', value: 1}",
                                "prometheus.query must not be blank"),
                        signal(
                                "a long query",
                                "prometheus: {connectionRef: c, query: '" + "x".repeat(4_097) + "', value: 1}",
                                "Too long"),
                        signal(
                                "a URL in a policy",
                                prometheus("value: 1, url: 'http://host:9090'"),
                                "unknown field \"spec.signals[0].prometheus.url\""),
                        signal("two kinds", prometheus("value: 1") + ", schedule: " + NIGHT, ONE_KIND))
                .map(bad -> DynamicTest.dynamicTest(bad.name(), () -> {
                    String said = create(policy(bad.spec()));
                    assertTrue(said.contains(bad.message()), said);
                }));
    }

    private static String prometheus(String options) {
        return "prometheus: {connectionRef: c, query: sum(x), " + options + "}";
    }

    private static Case signal(String name, String kind, String message) {
        return new Case(name, "signals: [{name: s, " + kind + "}]", message);
    }

    private static String kafka(String options) {
        return "kafka: {connectionRef: c, consumerGroup: g, topics: [t], " + options + "}";
    }

    @TestFactory
    Stream<DynamicTest> acceptsGoodPolicies() {
        return Stream.of(
                        "replicas: {min: 20}",
                        "profileRef: batch",
                        "replicas: {max: 3}",
                        "formula: ''",
                        "formula: max(lag, 2)",
                        "signals: [{name: s, resource: {name: cpu, averageUtilization: 250}}]",
                        "signals: [{name: s, resource: {name: cpu, container: app, averageValue: 2, cpuInitializationPeriod: 0s}}]",
                        "signals: [{name: s, resource: {name: memory, averageValue: 1.5Gi, initialReadinessDelay: 1m}}]",
                        "signals: [{name: s, " + kafka("limitToPartitionsWithLag: true, allowIdleConsumers: false")
                                + "}]",
                        "signals: [{name: s, " + kafka("evenDistribution: true, allowIdleConsumers: true") + "}]",
                        "signals: [{name: s, " + kafka("excludePersistentLag: true, partitions: '0,2,5-9'") + "}]",
                        "replicas: {min: 0}\n  signals: [{name: s, schedule: " + NIGHT + "}]",
                        "replicas: {min: 1}\n  signals: [{name: s, resource: {name: cpu, averageUtilization: 70}}, {name: night, schedule: "
                                + NIGHT + "}]",
                        "replicas: {min: 0}\n  signals: [{name: s, " + prometheus("averageValue: 4") + "}]",
                        "signals: [{name: s, " + prometheus("value: 700m, activation: 0, maxAge: 1h") + "}]",
                        "signals: [{name: s, " + prometheus("averageValue: 1.5Gi, activation: 500m, maxAge: 1s") + "}]",
                        "mode: Paused",
                        "replicas: {min: 0, max: 1}",
                        "objective: {maxLatency: 1h2m3s4ms, percentile: 1}",
                        "fallback: {after: 1s, replicas: 10}",
                        "behavior: {scaleUp: {selectPolicy: Disabled, tolerance: 0.05}, scaleDown: {policies: [{type: Percent, value: 10, periodSeconds: 1800}]}}")
                .map(good -> DynamicTest.dynamicTest(good, () -> {
                    String said = create(policy(good));
                    assertTrue(said.contains("created"), said);
                }));
    }

    @Test
    void fillsInWhatIsNotSaid() {
        apply(policy("mode: Enforce"));
        assertEquals(
                "{\"mode\":\"Enforce\",\"scaleTargetRef\":{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"name\":\"x\"},"
                        + "\"signals\":[{\"kafka\":{\"activation\":0,\"allowIdleConsumers\":false,\"connectionRef\":\"c\",\"consumerGroup\":\"g\","
                        + "\"noCommittedOffset\":\"Latest\",\"topics\":[\"t\"],\"wake\":\"Fetch\"},\"name\":\"lag\"}]}",
                kubectl.run("get", "sp", "policy", "-o", "jsonpath={.spec}"));
    }

    @Test
    void acceptsTheExamples() {
        List<String> said = examples()
                .map(example -> kubectl.run(
                        "create",
                        "--dry-run=server",
                        "-n",
                        "default",
                        "-f",
                        renamed(example).toString()))
                .toList();
        assertAll(said.stream()
                .map(words -> () -> assertTrue(words.lines().allMatch(line -> line.contains("created")), words)));
        assertEquals(11, said.size());
    }

    @TestFactory
    Stream<DynamicTest> judgesProfilesAsItJudgesPolicies() {
        return Stream.of(
                        new Case("nothing", "{}", "created"),
                        new Case("a minimum alone", "{replicas: {min: 20}}", "created"),
                        new Case("everything", """
                                {mode: Shadow, replicas: {min: 0, max: 5}, objective: {maxLatency: 30s, percentile: 95},
                                 behavior: {scaleDown: {selectPolicy: Min}}, fallback: {after: 3m, replicas: 5}}""", "created"),
                        new Case("min above max", "{replicas: {min: 5, max: 3}}", MIN_ABOVE_MAX),
                        new Case("latency no duration", "{objective: {maxLatency: soon}}", NOT_A_DURATION),
                        new Case("no latency", "{objective: {percentile: 50}}", "spec.objective.maxLatency"),
                        new Case(
                                "fallback out of bounds",
                                "{replicas: {max: 3}, fallback: {after: 3m, replicas: 4}}",
                                "fallback.replicas must lie within replicas.min and replicas.max"),
                        new Case("signals", "{signals: []}", "unknown field \"spec.signals\""),
                        new Case("formula", "{formula: lag}", "unknown field \"spec.formula\""))
                .map(profile -> DynamicTest.dynamicTest(profile.name(), () -> {
                    String said = create("apiVersion: tidegate.io/v1alpha1\nkind: ScalingProfile\n"
                            + "metadata: {name: profile}\nspec: " + profile.spec() + "\n");
                    assertTrue(said.contains(profile.message()), said);
                }));
    }

    @Test
    void refusesAConnectionWithoutBrokersOrWithBadOnes() {
        String none = create(connection("{}"));
        String bad = create(connection("{kafka: {bootstrapServers: ['kafka:9092,other:9092']}}"));
        String good = create(connection("{kafka: {bootstrapServers: ['kafka:9092', '[::1]:9093']}}"));
        String both = create(
                connection("{kafka: {bootstrapServers: ['kafka:9092']}, prometheus: {url: 'http://prometheus:9090'}}"));
        assertAll(
                () -> assertTrue(
                        none.contains("a connection needs exactly one kind; this version knows kafka and prometheus"),
                        none),
                () -> assertTrue(both.contains("a connection needs exactly one kind"), both),
                () -> assertTrue(bad.contains("should match"), bad),
                () -> assertTrue(good.contains("created"), good));
    }

    @TestFactory
    Stream<DynamicTest> judgesTheUrlOfAPrometheus() {
        String callable = "prometheus.url must not be a link-local or unspecified address";
        return Stream.of(
                        new Case("a service", "http://prometheus.monitoring.svc:9090", "created"),
                        new Case("a path", "https://metrics.example/tenant/a", "created"),
                        new Case("an address", "http://[2001:db8::1]:9090/", "created"),
                        new Case("another protocol", "file:///etc/passwd", "should match"),
                        new Case("a login", "http://user:secret@host:9090", "should match"),
                        new Case("a query", "http://host:9090/?x=1", "should match"),
                        new Case("a link-local address", "http://169.254.169.254", callable),
                        new Case("a link-local address of IPv6", "http://[fe80::1]:9090", callable),
                        new Case("no address", "http://0.0.0.0:9090", callable))
                .map(one -> DynamicTest.dynamicTest(one.name(), () -> {
                    String said = create(connection("{prometheus: {url: '" + one.spec() + "'}}"));
                    assertTrue(said.contains(one.message()), said);
                }));
    }

    private static String policy(String spec) {
        String signals = spec.contains("signals:") ? "" : "\n  signals: [" + GOOD_SIGNAL + "]";
        return "apiVersion: tidegate.io/v1alpha1\nkind: ScalingPolicy\nmetadata: {name: policy}\nspec:\n"
                + "  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: x}\n  " + spec + signals + "\n";
    }

    private static String connection(String spec) {
        return "apiVersion: tidegate.io/v1alpha1\nkind: Connection\nmetadata: {name: connection}\nspec: " + spec + "\n";
    }

    private String create(String manifest) {
        return kubectl.run("create", "--dry-run=server", "-f", write(manifest).toString());
    }

    private void apply(String manifest) {
        String said = kubectl.run("apply", "-f", write(manifest).toString());
        assertTrue(said.contains("created"), said);
    }

    private Path write(String manifest) {
        try {
            return Files.writeString(Files.createTempFile(folder, "manifest", ".yaml"), manifest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An example in a namespace that is there. */
    private Path renamed(Path example) {
        try {
            return write(Files.readString(example).replace("namespace: sales", "namespace: default"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> examples() {
        try (Stream<Path> files = Files.list(TestbedHome.root().resolve("k8s/examples"))) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
