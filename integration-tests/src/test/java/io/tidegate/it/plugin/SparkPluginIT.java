package io.tidegate.it.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.kubelet.ProcessKubelet;
import io.tidegate.testbed.spark.SampleApp;
import io.tidegate.testbed.spark.SparkAppSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bounds that move while an application runs. Results are exact and no task is lost; times are not checked. */
@OnTestbed
class SparkPluginIT {
    private static final Duration LONG = Duration.ofMinutes(4);

    private final SharedTestbed testbed;
    private final String namespace;
    private final SnapshotSink sink = new SnapshotSink();

    SparkPluginIT(SharedTestbed testbed, ProcessKubelet kubelet, Isolation isolation) throws IOException {
        testbed.requireSpark();
        assertFalse(kubelet.node().isBlank(), "executors need a process node");
        this.testbed = testbed;
        this.namespace = isolation.namespace();
    }

    @AfterEach
    void closeSink() {
        sink.close();
    }

    private SparkAppSpec saturated(String name, int tasks) {
        return Saturated.job(namespace, name, tasks);
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(LONG).pollInterval(Duration.ofMillis(200));
    }

    @Test
    void keepsDynamicAllocationWithinItsBoundsAndTells() {
        SparkAppSpec spec = saturated("smoke", 8)
                .withDynamicAllocation(0, 10)
                .withAnnotation("tidegate.io/executors", PluginApp.desired(7, 0, 1, false));
        try (PluginApp app = PluginApp.submit(testbed, spec, sink)) {
            await().until(() -> app.answered("sequence") == 7);
            assertEquals(Saturated.result(8), app.app().awaitResult(LONG));
            app.assertNothingLost();
            assertEquals(1, app.logged("Registered executor "));
        }
        // What held at each moment is judged by what was told, since a busy machine passes over moments.
        assertTrue(sink.snapshots().stream().anyMatch(SparkPluginIT::wantsMoreThanItGets));
        assertTrue(sink.snapshots().stream().anyMatch(SparkPluginIT::hasAStageWithTimes));
        assertTrue(sink.authorizations().stream().allMatch(token -> token.startsWith("Bearer ey")));
    }

    private static boolean wantsMoreThanItGets(JsonNode snapshot) {
        JsonNode executors = snapshot.path("executors");
        return executors.path("wanted").asInt() > 1
                && executors.path("granted").asInt() == 1
                && executors.path("running").asInt() == 1;
    }

    private static boolean hasAStageWithTimes(JsonNode snapshot) {
        return StreamSupport.stream(snapshot.path("stages").spliterator(), false)
                .anyMatch(stage -> stage.path("tasks").asInt() == 8 && stage.has("p50Millis"));
    }

    @Test
    @Tag("spark")
    void followsTheCapUpAndDownWhileAJobRuns() {
        SparkAppSpec spec = saturated("cap", 60)
                .withDynamicAllocation(0, 100)
                .withAnnotation("tidegate.io/executors", PluginApp.desired(1, 0, 1, false));
        try (PluginApp app = PluginApp.submit(testbed, spec, sink)) {
            await().until(() -> app.answered("running") == 1);
            app.desire(2, 0, 3);
            await().until(() -> app.answered("running") == 3);
            app.desire(3, 0, 1);
            await().until(() -> app.answered("running") == 1 && app.answered("draining") == 0);
            assertTrue(app.answered("wanted") > 1);
            // A busy driver may leave one question without an answer.
            await().until(() ->
                    app.app().executors().filter(running -> running.size() == 1).isPresent());

            assertEquals(Saturated.result(60), app.app().awaitResult(LONG));
            app.assertNothingLost();
        }
    }

    @Test
    @Tag("spark")
    void ownsTheTotalWithoutDynamicAllocation() {
        SparkAppSpec spec = saturated("managed", 60).withExecutors(1);
        try (PluginApp app = PluginApp.submit(testbed, spec, sink)) {
            await().until(() -> app.answered("running") == 1);
            app.desire(1, 3, 3);
            await().until(() -> app.answered("running") == 3);
            app.desire(2, 1, 1);
            await().until(() -> app.answered("running") == 1 && app.answered("draining") == 0);
            assertEquals(1, app.answered("granted"));

            assertEquals(Saturated.result(60), app.app().awaitResult(LONG));
            app.assertNothingLost();
        }
    }

    @Test
    @Tag("spark")
    void holdsTheFloorOfAnIdleApplication() {
        SparkAppSpec spec = SparkAppSpec.of(namespace, "floor", SampleApp.SHORT)
                .withArguments("jobs=2", "tasks=2", "taskMillis=200", "pauseMillis=20000")
                .withDynamicAllocation(0, 10)
                .withAnnotation("tidegate.io/executors", PluginApp.desired(1, 2, 4, false));
        try (PluginApp app = PluginApp.submit(testbed, spec, sink)) {
            await().until(() -> app.answered("running") == 2 && app.answered("wanted") == 0);
            assertEquals(2, app.answered("granted"));

            assertEquals("jobs=2 sum=9900", app.app().awaitResult(LONG));
            assertEquals(2, app.logged("Registered executor "), "executors are not replaced again and again");
        }
    }

    @Test
    @Tag("spark")
    void waitsForTheStageThatReadsUnlessARetryIsAllowed() {
        SparkAppSpec spec = saturated("reading", 24)
                .withDynamicAllocation(0, 2)
                .withAnnotation("tidegate.io/executors", PluginApp.desired(1, 2, 2, false));
        try (PluginApp app = PluginApp.submit(testbed, spec, sink)) {
            await().until(() -> stageReads());
            app.desire(2, 0, 1);
            await().until(() -> app.answered("sequence") == 2);
            await().during(Duration.ofSeconds(4)).until(() -> app.answered("running") == 2);
            assertEquals(0, app.answered("draining"));

            app.annotate(PluginApp.desired(3, 0, 1, true));
            await().until(() -> app.answered("running") == 1);
            assertEquals(Saturated.result(24), app.app().awaitResult(LONG));
        }
    }

    private boolean stageReads() {
        if (sink.snapshots().isEmpty()) {
            return false;
        }
        JsonNode stages = sink.snapshots().getLast().path("stages");
        return StreamSupport.stream(stages.spliterator(), false)
                .anyMatch(stage -> stage.path("shuffleRead").asBoolean()
                        && stage.path("state").asText().equals("Active")
                        && stage.path("done").asInt() > 2);
    }

    @Test
    @Tag("spark")
    void refusesGarbageAndKeepsTheLastBounds() {
        SparkAppSpec spec = saturated("garbage", 30)
                .withDynamicAllocation(0, 3)
                .withAnnotation("tidegate.io/executors", "{\"version\":1,\"canary\":");
        try (PluginApp app = PluginApp.submit(testbed, spec, sink)) {
            await().until(() -> app.problem().contains("tidegate.io/executors is refused"));
            app.desire(5, 0, 1);
            await().until(() -> app.answered("sequence") == 5 && app.problem().isEmpty());
            for (String garbage : new String[] {
                "", "\u0000\uffff", "[".repeat(900), PluginApp.desired(9, 3, 1, false), "x".repeat(200_000)
            }) {
                app.annotate(garbage);
                await().until(() -> app.problem().contains("is refused"));
                assertEquals(1, app.answered("cap"));
                assertFalse(app.problem().contains("canary"));
                app.annotate(PluginApp.desired(4, 0, 9, false));
                await().until(() -> app.problem().isEmpty());
                assertEquals(5, app.answered("sequence"));
            }
            assertEquals(Saturated.result(30), app.app().awaitResult(LONG));
            app.assertNothingLost();
        }
    }

    @Test
    @Tag("spark")
    void letsIdleExecutorsGoAsSparkWouldWhereNobodyBoundsThem() {
        SparkAppSpec spec = SparkAppSpec.of(namespace, "alone", SampleApp.SATURATED)
                .withArguments("tasks=12", "taskMillis=1000", "rounds=0", "rows=100", "pauseMillis=100000")
                .withDynamicAllocation(0, 2);
        try (PluginApp app = PluginApp.submit(testbed, spec, sink)) {
            await().until(() -> app.answered("running") > 0);
            await().until(() -> app.answered("running") == 0 && app.answered("draining") == 0);
            assertTrue(app.logged("executors go that were idle") > 0);
            await().until(() -> app.app().executorPods().isEmpty());

            assertEquals(Saturated.result(12), app.app().awaitResult(LONG));
            app.assertNothingLost();
        }
    }

    @Test
    @Tag("spark")
    void liftsItsBoundsWhileTheCollectorIsSilent() {
        SparkAppSpec spec = saturated("silence", 120)
                .withDynamicAllocation(0, 2)
                .withConf("spark.tidegate.silence", "20s")
                .withAnnotation("tidegate.io/executors", PluginApp.desired(1, 0, 1, false));
        try (PluginApp app = PluginApp.submit(testbed, spec, sink)) {
            await().until(() -> app.answered("running") == 1 && app.problem().isEmpty());
            sink.deaf(true);
            await().until(() -> app.problem().contains("bounds are lifted"));
            await().until(() -> app.answered("running") == 2);
            sink.deaf(false);
            await().until(() -> app.problem().isEmpty() && app.answered("granted") == 1);
            await().until(() -> app.answered("running") == 1);
            assertEquals(Saturated.result(120), app.app().awaitResult(LONG));
            app.assertNothingLost();
        }
    }
}
