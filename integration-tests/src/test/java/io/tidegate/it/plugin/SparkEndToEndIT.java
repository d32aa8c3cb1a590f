package io.tidegate.it.plugin;

import static io.tidegate.it.plugin.SparkScene.agree;
import static io.tidegate.it.plugin.SparkScene.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.kubelet.ProcessKubelet;
import io.tidegate.testbed.spark.SparkAppSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;

/** A policy edit moves the cap of an application that runs: policy, three services, plugin, executors. */
@OnTestbed
@Tag("spark")
class SparkEndToEndIT {
    private static final int TASKS = 80;
    private static final String NIGHTLY = "nightly";

    private final SparkScene scene;

    SparkEndToEndIT(SharedTestbed testbed, ProcessKubelet kubelet, Isolation isolation) {
        scene = SparkScene.start(testbed, kubelet, isolation);
    }

    @AfterEach
    void closeScene() {
        scene.close();
    }

    @RepeatedTest(10)
    void anEditOfThePolicyMovesTheCapAndNothingIsLost() {
        // Until the first cap arrives, Spark's own maximum holds.
        SparkAppSpec spec = Saturated.job(scene.namespace(), "cap", TASKS).withDynamicAllocation(0, 6);
        scene.policy(NIGHTLY, 1, 1);
        try (PluginApp app = scene.submit(spec, NIGHTLY)) {
            await().until(() -> app.answered("cap") == 1 && app.answered("running") == 1);
            await().until(() -> agree(app, 1));
            scene.policy(NIGHTLY, 1, 3);
            await().until(() -> app.answered("cap") == 3 && app.answered("running") == 3);
            await().until(() -> agree(app, 3));
            await().until(() -> scene.status(NIGHTLY, "current") == 3 && scene.status(NIGHTLY, "desired") == 3);
            scene.policy(NIGHTLY, 1, 1);
            await().until(() ->
                    app.answered("cap") == 1 && app.answered("running") == 1 && app.answered("draining") == 0);
            await().until(() -> agree(app, 1));
            scene.policy(NIGHTLY, 1, 3);

            assertEquals(Saturated.result(TASKS), app.app().awaitResult(SparkScene.LONG));
            app.assertNothingLost();
        }
    }
}
