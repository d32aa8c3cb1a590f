package io.tidegate.collector.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.collector.kubernetes.RunObject.Template;
import io.tidegate.collector.kubernetes.RunObjects.Seen;
import io.tidegate.collector.loop.ManualLoop;
import io.tidegate.collector.world.Seniority;
import io.tidegate.collector.world.SparkTarget;
import io.tidegate.contracts.fact.WorkloadFact;
import io.tidegate.contracts.fact.WorkloadFact.PodCounts;
import io.tidegate.contracts.fact.WorkloadFact.RunTemplate;
import io.tidegate.contracts.fact.WorkloadFact.ScaleResource;
import io.tidegate.contracts.fact.WorkloadFact.SparkDriver;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.ScaleTargetRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Applications that an operator's object names: which driver is theirs, and what is told where none runs. */
class SparkRunsTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final String API = "sparkoperator.k8s.io/v1beta2";
    private static final ScaleTargetRef DAILY = new ScaleTargetRef(API, "SparkApplication", "daily");
    private static final ScaleTargetRef NIGHTLY = new ScaleTargetRef(API, "ScheduledSparkApplication", "nightly");
    private static final ScaleResource DAILIES = new ScaleResource(API, "sparkapplications");
    private static final ScaleResource SCHEDULES = new ScaleResource(API, "scheduledsparkapplications");
    private static final String NO_POD =
            "no pod with the labels spark-role=driver, sparkoperator.k8s.io/app-name=daily is there, or not finished";
    private static final String ANSWER = "{\"version\":1,\"plugin\":\"0.1.0\",\"sequence\":7,\"floor\":2,\"cap\":10,"
            + "\"dynamic\":true,\"slots\":4,\"wanted\":44,\"granted\":9,\"running\":8,\"draining\":0}";

    private final ManualLoop loop = new ManualLoop();
    private final PodIndex index = new PodIndex();
    private final InMemoryRuns runs = new InMemoryRuns();
    private final List<WorkloadFact> told = new ArrayList<>();
    private final SparkWatch watch = new SparkWatch(
            new SparkWatch.Sources(index, runs),
            new SilentListener() {
                @Override
                public void workload(WorkloadFact workload, Instant observedAt) {
                    told.add(workload);
                }
            },
            loop,
            () -> NOW,
            wanted -> {});

    @BeforeEach
    void start() {
        watch.podsListed();
    }

    @Test
    void saysWhyNoDriverOfAnApplicationRuns() {
        watch(DAILY, Map.of("sparkoperator.k8s.io/app-name", "daily"));
        assertEquals(Set.of(DAILY), runs.watched);
        assertEquals("no driver runs: " + NO_POD, problem(), "though nothing is known of the object");
        say(DAILY, new Seen.NoKind());
        assertEquals("the API server has no kind SparkApplication in sparkoperator.k8s.io/v1beta2", problem());
        say(DAILY, new Seen.Absent());
        assertEquals("SparkApplication daily does not exist in namespace sales", problem());
        say(DAILY, new Seen.There(DAILIES, new RunObject("uid-1", null, null, null)));
        assertEquals("no driver runs: " + NO_POD, problem());
        say(DAILY, new Seen.There(DAILIES, new RunObject("uid-1", "COMPLETED", null, null)));
        assertEquals("no driver runs: SparkApplication daily is COMPLETED, and " + NO_POD, problem());

        driver("daily-driver", "daily", ANSWER);
        assertEquals(
                new SparkDriver("daily-driver", "uid-daily-driver", "spark-1"),
                told.getLast().driver());
    }

    @Test
    void tellsTheTemplateOfOneThatRecursWhileNoRunIsOn() {
        watch(NIGHTLY, Map.of());
        assertEquals(List.of(), told, "it is not known which run counts");
        say(NIGHTLY, scheduled(null, new Template(false, 40, null)));
        assertEquals(between(40, false), told.getLast());
        say(NIGHTLY, scheduled(null, new Template(true, 5, null)));
        assertEquals(between(5, true), told.getLast());
        say(NIGHTLY, scheduled(null, new Template(true, 5, "it is written elsewhere")));
        assertEquals("no run is on, and it is written elsewhere", problem());
        say(NIGHTLY, new Seen.Absent());
        assertEquals("ScheduledSparkApplication nightly does not exist in namespace sales", problem());
        say(NIGHTLY, new Seen.NoKind());
        assertTrue(problem().startsWith("the API server has no kind ScheduledSparkApplication"), problem());
    }

    @Test
    void knowsTheDriverOfTheRunThatWasBegunLast() {
        watch(NIGHTLY, Map.of());
        driver("nightly-1-driver", "nightly-1", ANSWER);
        driver("nightly-2-driver", "nightly-2", ANSWER);
        say(NIGHTLY, scheduled("nightly-1", new Template(false, 40, null)));
        assertEquals("nightly-1-driver", runningDriver());
        say(NIGHTLY, scheduled("nightly-2", new Template(false, 40, null)));
        assertEquals("nightly-2-driver", runningDriver());
        index.remove("sales", "nightly-2-driver").ifPresent(labels -> watch.podChanged("sales", List.of(labels)));
        settle();
        assertEquals(between(40, false), told.getLast());
    }

    @Test
    void saysThatARunHasNoPlugin() {
        watch(NIGHTLY, Map.of());
        driver("nightly-1-driver", "nightly-1", null);
        say(NIGHTLY, scheduled("nightly-1", new Template(false, 40, null)));
        assertTrue(problem().contains("has no answer of Tidegate's plugin"), problem());
    }

    private static Seen scheduled(@Nullable String lastRun, Template template) {
        return new Seen.There(SCHEDULES, new RunObject("uid-1", null, lastRun, template));
    }

    private static WorkloadFact between(int executors, boolean dynamic) {
        return new WorkloadFact(
                id(NIGHTLY),
                null,
                executors,
                0,
                PodCounts.NONE,
                null,
                null,
                null,
                new RunTemplate(API, "scheduledsparkapplications", "uid-1", dynamic));
    }

    private static WorkloadId id(ScaleTargetRef object) {
        return new WorkloadId("default", "sales", object.kind(), object.name());
    }

    private void watch(ScaleTargetRef object, Map<String, String> labels) {
        watch.watchApplications(
                Set.of(new SparkTarget(id(object), labels, new Seniority(NOW, object.name()), true, true, object)));
        loop.settle();
    }

    private void say(ScaleTargetRef object, Seen seen) {
        runs.say("sales", object, seen);
        settle();
    }

    private void driver(String name, String run, @Nullable String answer) {
        PodIndex.Digest digest = PodIndex.Digest.of(ApiObjects.of(
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: %1$s
                  namespace: sales
                  uid: uid-%1$s
                  creationTimestamp: "2026-11-29T11:00:00Z"
                  labels: {spark-role: driver, spark-app-selector: spark-1, sparkoperator.k8s.io/app-name: %2$s}
                  annotations: {unrelated: x%3$s}
                status: {phase: Running, podIP: 10.0.0.1}
                """.formatted(name, run, answer == null ? "" : ", tidegate.io/executors-state: '" + answer + "'")));
        index.put(digest, false, loop.nanos())
                .ifPresent(before -> watch.podChanged("sales", List.of(before, digest.labels())));
        settle();
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
}
