package io.tidegate.autoscaler.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.autoscaler.act.ScaleApi;
import io.tidegate.autoscaler.targets.ScalePath;
import io.tidegate.autoscaler.testing.Cluster;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;

/** With the autoscaler's own rights and no others. */
@OnTestbed
class KubernetesScaleIT extends ScaleApiContract {

    private static final AtomicInteger WORKLOADS = new AtomicInteger();

    private final KubernetesClient admin;
    private final KubernetesClient client;
    private final ScaleApi api;
    private final Isolation isolation;

    KubernetesScaleIT(SharedTestbed testbed, Isolation isolation) {
        this.admin = testbed.controlPlane().client();
        this.isolation = isolation;
        Cluster.install(admin);
        this.client = Cluster.as(
                testbed.controlPlane(),
                "tidegate-autoscaler",
                testbed.directory().folder("scale-it"));
        this.api = new KubernetesScale(client, Duration.ofSeconds(5));
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Override
    ScaleApi api() {
        return api;
    }

    @Override
    ScalePath workload(int replicas) {
        String name = "w" + WORKLOADS.incrementAndGet();
        Cluster.deployment(admin, isolation.namespace(), name, replicas);
        return new ScalePath("apps/v1", "deployments", isolation.namespace(), name);
    }

    @Override
    ScalePath missing() {
        return new ScalePath("apps/v1", "deployments", isolation.namespace(), "nothing");
    }
}
