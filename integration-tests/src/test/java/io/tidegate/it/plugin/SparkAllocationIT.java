package io.tidegate.it.plugin;

import static io.tidegate.it.plugin.SparkScene.LONG;
import static io.tidegate.it.plugin.SparkScene.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.kubelet.ProcessKubelet;
import io.tidegate.testbed.spark.SparkAppSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How pods are asked for when many are wanted, and when the cluster refuses them; the API server's audit log is the judge. */
@OnTestbed
@Tag("spark")
class SparkAllocationIT {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int BATCH = 5;

    private final SparkScene scene;
    private final String node;

    SparkAllocationIT(SharedTestbed testbed, ProcessKubelet kubelet, Isolation isolation) {
        scene = SparkScene.start(testbed, kubelet, isolation);
        node = kubelet.node();
    }

    @AfterEach
    void closeScene() {
        scene.close();
    }

    private SparkAppSpec spec(String pipeline, int tasks) {
        return Saturated.job(scene.namespace(), pipeline, tasks)
                .withDynamicAllocation(0, 100)
                .withConf("spark.kubernetes.allocation.batch.size", String.valueOf(BATCH));
    }

    @Test
    void thirtyThatNeverRegisterAndFourThatDoAreAskedForInSparksBatchesAndOnce() {
        SparkAppSpec spec = spec("flood", 100).withConf("spark.kubernetes.executor.scheduler.name", HandScheduler.NAME);
        PodRequests requests = new PodRequests(scene.testbed().controlPlane(), scene.namespace());
        scene.policy("flood", 34, 34);
        try (HandScheduler scheduler = new HandScheduler(scene.client(), scene.namespace(), node, 4);
                PluginApp app = scene.submit(spec, "flood")) {
            await().until(() -> app.answered("granted") == 34 && app.answered("running") == 4);
            await().until(() -> scheduler.bound() == 34);
            assertEquals(34, app.app().executorPods().size());

            assertEquals(Saturated.result(100), app.app().awaitResult(LONG));
            app.assertNothingLost();
        }
        List<Instant> granted = requests.granted();
        System.out.printf(
                "%d executor pods asked for within %d ms, %d at most within a second%n",
                granted.size(),
                Duration.between(granted.getFirst(), granted.getLast()).toMillis(),
                PodRequests.most(granted, SECOND));
        assertEquals(34, granted.size());
        assertTrue(PodRequests.most(granted, SECOND) <= BATCH, granted::toString);
    }

    @Test
    void aQuotaIsExplainedNotHammeredAndOvercomeWhenItIsLifted() {
        PodRequests requests = new PodRequests(scene.testbed().controlPlane(), scene.namespace());
        quota(3);
        scene.policy("refused", 1, 4);
        try (PluginApp app = scene.submit(spec("refused", 100), "refused")) {
            await().until(() -> app.answered("granted") == 4 && app.answered("running") == 2);
            await().until(() -> app.problem().contains("exceeded quota: few"));
            await().until(() -> scene.complaint("refused", "DriverSound").contains("exceeded quota: few"));
            await().during(Duration.ofSeconds(10))
                    .until(() -> scene.status("refused", "desired") <= 4 && app.answered("running") == 2);
            scene.client().resource(few(3)).delete();
            await().until(() -> app.answered("running") == 4 && app.problem().isEmpty());
            await().until(() -> scene.complaint("refused", "DriverSound").isEmpty());

            assertEquals(Saturated.result(100), app.app().awaitResult(LONG));
            app.assertNothingLost();
        }
        List<Instant> refused = requests.refused();
        System.out.printf(
                "%d executor pods refused within %d ms, %d at most within a second%n",
                refused.size(),
                Duration.between(refused.getFirst(), refused.getLast()).toMillis(),
                PodRequests.most(refused, SECOND));
        assertTrue(PodRequests.most(refused, SECOND) <= BATCH, refused::toString);
    }

    private ResourceQuota few(int pods) {
        return new ResourceQuotaBuilder()
                .withNewMetadata()
                .withName("few")
                .withNamespace(scene.namespace())
                .endMetadata()
                .withNewSpec()
                .withHard(Map.of("pods", new Quantity(String.valueOf(pods))))
                .endSpec()
                .build();
    }

    /** It holds from when the controller has counted. */
    private void quota(int pods) {
        scene.client().resource(few(pods)).create();
        await().until(() -> {
            ResourceQuota known = scene.client().resource(few(pods)).get();
            return known != null
                    && known.getStatus() != null
                    && known.getStatus().getHard() != null
                    && known.getStatus().getHard().containsKey("pods");
        });
    }
}
