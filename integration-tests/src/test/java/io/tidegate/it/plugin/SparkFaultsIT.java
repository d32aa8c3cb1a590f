package io.tidegate.it.plugin;

import static io.tidegate.it.plugin.SparkScene.LONG;
import static io.tidegate.it.plugin.SparkScene.agree;
import static io.tidegate.it.plugin.SparkScene.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Pod;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.kubelet.ProcessKubelet;
import io.tidegate.testbed.process.Restartable;
import io.tidegate.testbed.services.ServiceKind;
import io.tidegate.testbed.spark.SampleApp;
import io.tidegate.testbed.spark.SparkAppSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Whatever of Tidegate fails while an application runs, its result is exact and none of its tasks is lost. The plugin has no process of
 * its own, so it is killed by what a job can do to it: it interrupts its threads.
 */
@OnTestbed
@Tag("spark")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SparkFaultsIT {
    private static final Duration AWAY = Duration.ofSeconds(60);

    private final SparkScene scene;

    SparkFaultsIT(SharedTestbed testbed, ProcessKubelet kubelet, Isolation isolation) {
        // On a busy machine a minute may pass between two writes.
        scene = SparkScene.start(
                testbed,
                kubelet,
                isolation,
                Map.of(ServiceKind.AUTOSCALER, Map.of("TIDEGATE_CONFLICTS_WINDOW", "10m")));
    }

    @AfterAll
    void closeScene() {
        scene.close();
    }

    /** Two executors at most, of which a policy that allows one is bound to be felt. */
    private SparkAppSpec spec(String pipeline, int tasks) {
        return Saturated.job(scene.namespace(), pipeline, tasks).withDynamicAllocation(0, 2);
    }

    private static void assertRight(PluginApp app, int tasks) {
        assertEquals(Saturated.result(tasks), app.app().awaitResult(LONG));
        app.assertNothingLost();
    }

    @Test
    void interruptsOfThePluginsThreads() {
        scene.policy("interrupted", 1, 2);
        SparkAppSpec spec = Saturated.job(scene.namespace(), "interrupted", SampleApp.INTERRUPTING, 50)
                .withDynamicAllocation(0, 2);
        try (PluginApp app = scene.submit(spec, "interrupted")) {
            await().until(() -> app.logged("INTERRUPTED tidegate-") > 0);
            await().until(() -> app.answered("running") == 2);
            scene.policy("interrupted", 1, 1);
            await().until(() -> app.answered("cap") == 1 && app.answered("running") == 1);
            assertRight(app, 50);
        }
    }

    @Test
    void aTokenThatVanishes() throws IOException {
        scene.policy("tokenless", 1, 1);
        try (PluginApp app =
                scene.submit(spec("tokenless", 60).withConf("spark.tidegate.silence", "20s"), "tokenless")) {
            await().until(() -> app.answered("cap") == 1 && app.answered("running") == 1);
            Files.delete(token(app));
            await().until(() -> app.problem().contains("bounds are lifted"));
            assertTrue(app.problem().contains("token"), app::problem);
            await().until(() -> app.answered("running") == 2);
            await().until(() -> scene.complaint("tokenless", "DriverSound").contains("bounds are lifted"));
            assertRight(app, 60);
        }
    }

    /** The file of this machine that stands for the projected token, which the driver reads again for each request. */
    private Path token(PluginApp app) {
        Pod driver = Objects.requireNonNull(app.app().driver());
        return scene.testbed()
                .directory()
                .folder("pods")
                .resolve(".volumes")
                .resolve(driver.getMetadata().getUid())
                .resolve("token-0")
                .resolve("token");
    }

    @Test
    void theCollectorKilledForLongerThanThePluginsPatience() {
        scene.policy("deaf", 1, 1);
        try (PluginApp app = scene.submit(spec("deaf", 150).withConf("spark.tidegate.silence", "20s"), "deaf")) {
            await().until(() -> app.answered("cap") == 1 && app.answered("running") == 1);
            scene.collector().kill();
            try {
                await().until(() -> app.problem().contains("bounds are lifted"));
                await().until(() -> app.answered("running") == 2 && agree(app, 2));
            } finally {
                scene.collector().restart();
            }
            scene.collector().awaitReady(Duration.ofSeconds(90));
            await().until(() -> app.problem().isEmpty() && app.answered("running") == 1);
            // The rest need not take as long as one executor would.
            scene.policy("deaf", 1, 3);
            assertRight(app, 150);
        }
    }

    @Test
    void theApiServerAwayForAMinute() {
        scene.policy("cut-off", 1, 2);
        Restartable apiServer = scene.testbed().controlPlane().apiServer().orElseThrow();
        try (PluginApp app = scene.submit(spec("cut-off", 170), "cut-off")) {
            await().until(() -> app.answered("cap") == 2 && agree(app, 2));
            apiServer.kill();
            try {
                Awaitility.await().pollDelay(AWAY).atMost(AWAY.plusSeconds(10)).until(() -> true);
            } finally {
                apiServer.restart();
            }
            // The definitions of custom resources are known a moment after the server is.
            await().ignoreExceptions().until(() -> {
                scene.policy("cut-off", 1, 1);
                return true;
            });
            await().until(() -> app.answered("cap") == 1 && app.answered("running") == 1);
            assertRight(app, 170);
        }
    }

    @Test
    void garbageInTheAnnotationIsReplacedOnceAndLeftAloneWhenItComesAgain() {
        scene.policy("garbled", 1, 2);
        try (PluginApp app = scene.submit(spec("garbled", 60), "garbled")) {
            await().until(() -> app.answered("cap") == 2 && app.answered("running") == 2);
            app.annotate("{\"version\":1,\"sequence\":canary");
            await().until(() -> app.desired().contains("\"cap\":2"));
            await().until(() -> app.problem().isEmpty());
            app.annotate("canary");
            await().until(() -> scene.complaint("garbled", "Applied").contains("another writer has changed"));
            assertEquals("canary", app.desired());
            assertEquals(2, app.answered("cap"));
            assertTrue(app.problem().contains("is refused"), app::problem);
            assertRight(app, 60);
        }
    }
}
