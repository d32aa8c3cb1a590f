package io.tidegate.autoscaler.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.autoscaler.act.Attempt;
import io.tidegate.autoscaler.act.DriverApi;
import io.tidegate.autoscaler.act.DriverApi.Answer;
import io.tidegate.autoscaler.targets.DriverPath;
import io.tidegate.autoscaler.testing.Cluster;
import io.tidegate.autoscaler.testing.DriverPods;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With the autoscaler's own rights and no others. */
@OnTestbed
class KubernetesDriversIT extends DriverApiContract {

    private static final AtomicInteger DRIVERS = new AtomicInteger();

    private final KubernetesClient admin;
    private final KubernetesClient client;
    private final DriverApi api;
    private final Isolation isolation;

    KubernetesDriversIT(SharedTestbed testbed, Isolation isolation) {
        this.admin = testbed.controlPlane().client();
        this.isolation = isolation;
        Cluster.install(admin);
        this.client = Cluster.as(
                testbed.controlPlane(),
                "tidegate-autoscaler",
                testbed.directory().folder("drivers-it"));
        this.api = new KubernetesDrivers(client, Duration.ofSeconds(5));
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void leavesOtherAnnotationsAlone() {
        DriverPath driver = driver();
        DriverPods.annotate(admin, driver, "team", "sales");
        assertInstanceOf(Answer.Present.class, api.write(driver, read(driver), TEN, new Attempt("d17-1", null)));
        assertEquals("sales", DriverPods.annotation(admin, driver, "team"));
    }

    @Override
    DriverApi api() {
        return api;
    }

    @Override
    DriverPath driver() {
        return DriverPods.create(admin, isolation.namespace(), "driver-" + DRIVERS.incrementAndGet());
    }

    @Override
    void finish(DriverPath driver) {
        DriverPods.finish(admin, driver);
    }

    @Override
    DriverPath startAgain(DriverPath driver) {
        return DriverPods.createAgain(admin, driver);
    }

    @Override
    void annotate(DriverPath driver, @Nullable String text) {
        DriverPods.annotate(admin, driver, text);
    }
}
