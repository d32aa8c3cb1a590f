package io.tidegate.collector.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.collector.loop.ManualLoop;
import io.tidegate.collector.sender.Sender;
import io.tidegate.collector.spark.DriverDirectory.Driver;
import io.tidegate.collector.spark.PolledDriver;
import io.tidegate.collector.world.Seniority;
import io.tidegate.collector.world.SparkTarget;
import io.tidegate.contracts.fact.WorkloadFact;
import io.tidegate.contracts.fact.WorkloadFact.PodCounts;
import io.tidegate.contracts.fact.WorkloadFact.SparkDriver;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.wire.Envelope;
import io.tidegate.contracts.wire.EventCodec;
import io.tidegate.contracts.wire.EventType;
import io.tidegate.contracts.wire.UnreadableRecordException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparkWatchTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final WorkloadId NIGHTLY = WorkloadId.parse("default/sales/SparkDriver/nightly");
    private static final WorkloadId CLICKS = WorkloadId.parse("default/sales/SparkApplication/clicks");
    private static final SparkTarget TARGET = target(NIGHTLY, Map.of("pipeline", "nightly"), 1, true, true);
    private static final String ANSWER = "{\"version\":1,\"plugin\":\"0.1.0\",\"sequence\":7,\"floor\":2,\"cap\":10,"
            + "\"dynamic\":true,\"slots\":4,\"wanted\":44,\"granted\":9,\"running\":8,\"draining\":0}";
    private static final String FIRST_ANSWER = "{\"version\":1,\"plugin\":\"0.1.0\",\"dynamic\":true,\"slots\":4,"
            + "\"granted\":3,\"running\":0,\"draining\":0,\"added\":[1]}";
    private static final SparkDriver DRIVER = new SparkDriver("driver", "uid-driver", "spark-1");

    private final ManualLoop loop = new ManualLoop();
    private final PodIndex index = new PodIndex();
    private final List<WorkloadFact> told = new ArrayList<>();
    private final List<PolledDriver> polled = new ArrayList<>();
    private final SparkWatch watch = new SparkWatch(
            new SparkWatch.Sources(index, new InMemoryRuns()),
            new SilentListener() {
                @Override
                public void workload(WorkloadFact workload, Instant observedAt) {
                    told.add(workload);
                }
            },
            loop,
            () -> NOW,
            wanted -> {
                polled.clear();
                polled.addAll(wanted);
            });

    private static SparkTarget target(
            WorkloadId workload, Map<String, String> labels, int age, boolean isTold, boolean isSampled) {
        return new SparkTarget(
                workload, labels, new Seniority(NOW.minusSeconds(age), workload.name()), isTold, isSampled);
    }

    @BeforeEach
    void start() {
        watch.podsListed();
    }

    @Test
    void tellsTheCapInForceAndTheExecutorsThatRun() {
        watch(TARGET);
        assertEquals(
                "no driver runs: no pod with the labels spark-role=driver, pipeline=nightly is there, or not finished",
                problem());
        driver("driver", "Running", ANSWER);
        executor("exec-1", "spark-1", "Running", "");
        executor("exec-2", "spark-1", "Pending", "");
        executor("exec-3", "spark-1", "Running", ", spark-exec-inactive: \"true\"");
        executor("exec-4", "spark-2", "Running", "");
        settle();
        assertEquals(
                new WorkloadFact(NIGHTLY, null, 10, 1, new PodCounts(0, 0, 1, 0, 1), 0L, null, DRIVER), told.getLast());
        gone("exec-1");
        settle();
        assertEquals(0, told.getLast().statusReplicas());
    }

    @Test
    void tellsWhatWasGrantedWhileNoCapWasEverSet() {
        watch(TARGET);
        driver("driver", "Running", FIRST_ANSWER);
        settle();
        assertEquals(new WorkloadFact(NIGHTLY, null, 3, 0, PodCounts.NONE, null, null, DRIVER), told.getLast());
    }

    @Test
    void tellsOnlyWhatChanged() {
        watch(TARGET);
        driver("driver", "Running", ANSWER);
        settle();
        int before = told.size();
        driver("driver", "Running", ANSWER.replace("44", "45"));
        settle();
        assertEquals(before, told.size(), "what the plugin wants is told by samples");
    }

    @Test
    void saysThatThePluginIsMissingAndAsksTheDriverItself() {
        watch(TARGET);
        driver("driver", "Running", null);
        executor("exec-1", "spark-1", "Running", "");
        settle();
        assertTrue(
                problem()
                        .contains(
                                "add its jar to the application, and io.tidegate.spark.TidegatePlugin to spark.plugins"),
                this::problem);
        assertEquals(1, told.getLast().statusReplicas());
        assertEquals(List.of(new PolledDriver(NIGHTLY, "spark-1", "10.0.0.1", 4041)), polled);
        driver("driver", "Running", ANSWER);
        settle();
        assertEquals(List.of(), polled);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"version\":2}",
                "{\"version\":\"1\"}",
                "{\"version\":1}",
                "{\"version\":1,\"plugin\":\"x\",\"dynamic\":true,\"slots\":4,\"granted\":-3,\"running\":0,\"draining\":0}",
                "{\"version\":1,\"plugin\":\"x\",\"dynamic\":1,\"slots\":4,\"granted\":3,\"running\":0,\"draining\":0}"
            })
    void saysThatAnAnswerCantBeRead(String answer) {
        watch(TARGET);
        driver("driver", "Running", answer);
        settle();
        assertEquals(null, told.getLast().driver());
        assertEquals(null, told.getLast().replicas());
        assertTrue(
                problem().startsWith("of the driver pod driver, the annotation tidegate.io/executors-state "),
                this::problem);
        assertEquals(List.of(), polled, "a plugin is there");
    }

    @Test
    void keepsNoMoreOfAnAnswerThanCanBeRead() {
        watch(TARGET);
        driver("driver", "Running", "x".repeat(200_000));
        settle();
        assertTrue(problem().contains("4097 characters"), this::problem);
    }

    @Test
    void passesOnWhatThePluginHasToSay() {
        watch(TARGET);
        driver("driver", "Running", ANSWER.replace("}", ",\"problem\":\"" + "no lever ".repeat(100) + "\"}"));
        settle();
        assertEquals(DRIVER, told.getLast().driver());
        assertTrue(problem().startsWith("the plugin says: no lever"), this::problem);
        assertTrue(problem().length() < 510, this::problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x"})
    void whatThePluginSaysIsCutBetweenCharactersOfOneLine(String shift) throws UnreadableRecordException {
        watch(TARGET);
        String says = shift + "\\n\\u0000" + "\ud83c\udf0a".repeat(600);
        driver("driver", "Running", ANSWER.replace("}", ",\"problem\":\"" + says + "\"}"));
        settle();
        assertTrue(problem().startsWith("the plugin says: " + shift + "??\ud83c\udf0a"), this::problem);
        assertTrue(problem().length() < 510, this::problem);
        WorkloadFact fact = told.getLast();
        Envelope envelope = new Envelope("c0-1", "tidegate/collector/c0", NOW);
        assertEquals(
                fact,
                EventCodec.fact(fact.key(), EventCodec.body(fact), EventCodec.headers(EventType.WORKLOAD, envelope))
                        .body(),
                "half of a character could be written, but not be read");
    }

    @Test
    void takesTheOldestDriverThatIsNotFinished() {
        watch(TARGET);
        driver("old", "Succeeded", ANSWER, 30);
        driver("driver", "Running", ANSWER, 20);
        driver("late", "Running", ANSWER, 10);
        settle();
        assertEquals("driver", runningDriver());
        assertEquals("other drivers match too, and are not scaled while this one runs: late", problem());
        assertEquals(Optional.of(new Driver(NIGHTLY, "spark-1")), watch.find(sender("driver")));
        assertEquals(Optional.empty(), watch.find(sender("late")));
        assertEquals(Optional.empty(), watch.find(new Sender("sales", "driver", "uid-of-another")));
        assertEquals(Optional.empty(), watch.find(new Sender("other", "driver", "uid-driver")));
        driver("driver", "Failed", ANSWER, 20);
        settle();
        assertEquals("late", runningDriver());
        gone("late");
        settle();
        assertTrue(problem().startsWith("no driver runs"), this::problem);
        assertEquals(Optional.empty(), watch.find(sender("late")));
    }

    @Test
    void saysThatADriverDoesNotRunYet() {
        watch(TARGET);
        driver("driver", "Pending", null);
        settle();
        assertEquals("the driver pod driver does not run yet", problem());
        assertEquals(List.of(), polled);
    }

    @Test
    void saysThatADriverDoesNotSayItsApplication() {
        watch(TARGET);
        put("""
                metadata: {name: driver, namespace: sales, uid: u, creationTimestamp: "2026-11-29T11:00:00Z",
                  labels: {spark-role: driver, pipeline: nightly}}
                status: {phase: Running, podIP: 10.0.0.1}
                """);
        settle();
        assertTrue(problem().contains("spark-app-selector"), this::problem);
        assertEquals(List.of(), polled);
        assertEquals(Optional.empty(), watch.find(new Sender("sales", "driver", "u")));
    }

    @Test
    void leavesADriverToTheOlderOfTwoPolicies() {
        SparkTarget older = target(CLICKS, Map.of("spark-role", "driver"), 100, true, true);
        watch(TARGET, older);
        driver("driver", "Running", ANSWER);
        settle();
        assertEquals(Optional.of(new Driver(CLICKS, "spark-1")), watch.find(sender("driver")));
        WorkloadFact fact = told.stream()
                .filter(each -> each.workload().equals(NIGHTLY))
                .reduce((first, last) -> last)
                .orElseThrow();
        assertEquals(null, fact.driver());
        assertEquals(
                "the driver pods with the labels pipeline=nightly are those of the older policy clicks",
                fact.problem());
        watch(TARGET);
        settle();
        assertEquals(Optional.of(new Driver(NIGHTLY, "spark-1")), watch.find(sender("driver")));
        assertEquals(DRIVER, told.getLast().driver());
    }

    @Test
    void knowsTheDriversOfOthersShardsWithoutTellingOfThem() {
        watch(target(NIGHTLY, Map.of("pipeline", "nightly"), 1, false, false));
        driver("driver", "Running", null);
        settle();
        assertEquals(List.of(), told);
        assertEquals(List.of(), polled);
        assertTrue(watch.find(sender("driver")).isPresent());
        watch(TARGET);
        settle();
        assertEquals(1, told.size(), "told as soon as the shard is this instance's");
        watch(target(NIGHTLY, Map.of("pipeline", "nightly"), 1, false, false));
        watch(TARGET);
        settle();
        assertEquals(2, told.size(), "and again, since another instance had it meanwhile");
        watch();
        assertFalse(watch.find(sender("driver")).isPresent());
        assertEquals(List.of(), polled);
    }

    @Test
    void knowsHowLongExecutorsTookFromRunToRun() {
        watch(TARGET);
        driver("driver", "Running", ANSWER);
        executor("exec-1", "spark-1", "Pending", "");
        settle();
        loop.advance(Duration.ofSeconds(6));
        executor("exec-1", "spark-1", "Running", "");
        settle();
        assertEquals(6_030L, told.getLast().lastStartMillis());
        gone("exec-1");
        settle();
        assertEquals(6_030L, told.getLast().lastStartMillis());
    }

    @Test
    void tellsNothingBeforePodsAreListed() {
        List<WorkloadFact> facts = new ArrayList<>();
        SparkWatch early = new SparkWatch(
                new SparkWatch.Sources(index, new InMemoryRuns()),
                new SilentListener() {
                    @Override
                    public void workload(WorkloadFact workload, Instant observedAt) {
                        facts.add(workload);
                    }
                },
                loop,
                () -> NOW,
                wanted -> {});
        early.watchApplications(Set.of(TARGET));
        loop.settle();
        assertEquals(List.of(), facts);
        early.podsListed();
        assertEquals(1, facts.size());
    }

    private void watch(SparkTarget... targets) {
        watch.watchApplications(Set.of(targets));
        loop.settle();
    }

    private void driver(String name, String phase, @Nullable String answer) {
        driver(name, phase, answer, 20);
    }

    private void driver(String name, String phase, @Nullable String answer, int minutes) {
        put("""
                metadata:
                  name: %1$s
                  namespace: sales
                  uid: uid-%1$s
                  creationTimestamp: "%2$s"
                  labels: {spark-role: driver, spark-app-selector: spark-1, pipeline: nightly}
                  annotations: {unrelated: x%3$s}
                spec:
                  containers: [{name: c, ports: [{name: driver-rpc, containerPort: 7078}, {name: spark-ui, containerPort: 4041}]}]
                status: {phase: %4$s, podIP: 10.0.0.1}
                """.formatted(
                        name,
                        NOW.minusSeconds(minutes * 60L),
                        answer == null ? "" : ", tidegate.io/executors-state: '" + answer + "'",
                        phase));
    }

    private void executor(String name, String appId, String phase, String moreLabels) {
        put("""
                metadata:
                  name: %1$s
                  namespace: sales
                  uid: uid-%1$s
                  labels: {spark-role: executor, spark-app-selector: %2$s%3$s}
                status: {phase: %4$s, conditions: [{type: Ready, status: "%5$s"}]}
                """.formatted(name, appId, moreLabels, phase, phase.equals("Running") ? "True" : "False"));
    }

    private void put(String pod) {
        PodIndex.Digest digest = PodIndex.Digest.of(ApiObjects.of("apiVersion: v1\nkind: Pod\n" + pod));
        index.put(digest, false, loop.nanos())
                .ifPresent(before -> watch.podChanged("sales", List.of(before, digest.labels())));
    }

    private void gone(String name) {
        index.remove("sales", name).ifPresent(labels -> watch.podChanged("sales", List.of(labels)));
    }

    private void settle() {
        loop.advance(Duration.ofMillis(30));
    }

    private String problem() {
        return String.valueOf(told.getLast().problem());
    }

    private String runningDriver() {
        SparkDriver driver = told.getLast().driver();
        return driver == null ? "none" : driver.pod();
    }

    private static Sender sender(String pod) {
        return new Sender("sales", pod, "uid-" + pod);
    }
}
