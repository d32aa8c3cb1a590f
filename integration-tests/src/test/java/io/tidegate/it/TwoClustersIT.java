package io.tidegate.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidegate.testbed.Parts;
import io.tidegate.testbed.broker.KafkaBroker;
import io.tidegate.testbed.controlplane.ControlPlane;
import io.tidegate.testbed.controlplane.ControlPlaneOptions;
import io.tidegate.testbed.files.RunDirectory;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.Restartable;
import io.tidegate.testbed.services.ServiceKind;
import io.tidegate.testbed.services.ServiceProcess;
import io.tidegate.testbed.services.TidegateServices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two Kubernetes clusters share one broker and one engine, each with a collector and an autoscaler of its own. Namespaces and
 * workloads have the same names in both.
 */
@OnTestbed
@Tag("faults")
class TwoClustersIT {

    private static final String OTHER = "other";
    private static final Duration SOON = Duration.ofSeconds(40);

    private static ControlPlane otherPlane;
    private static RunDirectory otherDirectory;
    private static TidegateServices here;
    private static TidegateServices there;

    private final SharedTestbed testbed;
    private final String namespace;
    private final List<Subject> subjects = new ArrayList<>();

    /** The other cluster, with the broker of the first. */
    private record Cluster(KafkaBroker broker, ControlPlane controlPlane, RunDirectory directory) implements Parts {}

    TwoClustersIT(SharedTestbed testbed, Isolation isolation) {
        this.testbed = testbed;
        this.namespace = isolation.namespace();
        otherPlane
                .client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    @BeforeAll
    static void start(SharedTestbed testbed) {
        otherDirectory = RunDirectory.create(false);
        otherPlane = ControlPlane.start(
                ControlPlaneOptions.withSimulatedNodes(1), otherDirectory.folder("kubernetes"), Progress.console());
        here = TidegateServices.start(testbed, Progress.console());
        there = TidegateServices.start(
                other(testbed),
                Progress.console(),
                Map.of(
                        ServiceKind.TELEMETRY_COLLECTOR, Map.of("TIDEGATE_CLUSTER", OTHER),
                        ServiceKind.AUTOSCALER, Map.of("TIDEGATE_CLUSTER", OTHER)),
                Set.of(ServiceKind.TELEMETRY_COLLECTOR, ServiceKind.AUTOSCALER));
    }

    @AfterAll
    static void stop() {
        there.close();
        here.close();
        otherPlane.close();
        otherDirectory.close();
    }

    @AfterEach
    void close() {
        subjects.forEach(Subject::close);
    }

    @Test
    void workloadsOfTheSameNameAreScaledEachByItsOwnLag() throws ExecutionException, InterruptedException {
        Subject ours = here("orders");
        Subject theirs = there("orders");
        ours.produce(35);
        await().atMost(SOON).until(() -> ours.replicas() == 4);
        assertEquals(0, theirs.replicas());

        theirs.produce(15);
        await().atMost(SOON).until(() -> theirs.replicas() == 2);
        assertEquals(4, ours.replicas());
        await().atMost(SOON)
                .until(() -> ours.status("orders", "current").equals("4")
                        && theirs.status("orders", "current").equals("2"));

        ours.commitAll();
        await().atMost(SOON).until(() -> ours.replicas() == 0);
        assertEquals(2, theirs.replicas());

        ServiceProcess engine = here.process(ServiceKind.POLICY_ENGINE);
        for (String cluster : Set.of(TidegateServices.CLUSTER, OTHER)) {
            String why = "/v1/workloads/" + ours.workloadPath().replace(TidegateServices.CLUSTER + "/", cluster + "/")
                    + "/why";
            await().atMost(SOON).until(() -> engine.get(why).statusCode() == 200);
        }
    }

    @Test
    void oneClusterGoesOnWhileTheApiServerOfTheOtherIsAway() throws ExecutionException, InterruptedException {
        Subject ours = here("clicks");
        Subject theirs = there("clicks");
        theirs.produce(5);
        ours.produce(5);
        await().atMost(SOON).until(() -> ours.replicas() == 1 && theirs.replicas() == 1);

        Restartable apiServer = otherPlane.apiServer().orElseThrow();
        apiServer.kill();
        try {
            theirs.produce(20);
            for (int size = 2; size <= 4; size++) {
                int expected = size;
                long began = System.nanoTime();
                ours.produce(10);
                await().atMost(SOON).until(() -> ours.replicas() == expected);
                Duration took = Duration.ofNanos(System.nanoTime() - began);
                assertTrue(took.compareTo(Duration.ofSeconds(5)) < 0, () -> "took " + took);
            }
            await().atMost(SOON)
                    .until(() -> there.processes().stream()
                            .allMatch(service -> service.get("/q/health/ready").statusCode() == 503));
            assertTrue(here.processes().stream()
                    .allMatch(service -> service.get("/q/health/ready").statusCode() == 200));
            ours.commitAll();
            await().atMost(SOON).until(() -> ours.replicas() == 0);
        } finally {
            apiServer.restart();
        }
        // A connection to the API server that was killed may still be tried.
        await("what was missed is made up for")
                .atMost(SOON)
                .ignoreException(KubernetesClientException.class)
                .until(() -> theirs.replicas() == 3);
        assertEquals(0, ours.replicas());
    }

    private Subject here(String name) throws ExecutionException, InterruptedException {
        return subject(Subject.create(testbed, namespace, name), name);
    }

    private Subject there(String name) throws ExecutionException, InterruptedException {
        return subject(Subject.create(other(testbed), namespace, name, namespace + ".other-" + name), name);
    }

    private Subject subject(Subject subject, String policy) {
        subjects.add(subject);
        subject.policy(policy);
        return subject;
    }

    private static Parts other(SharedTestbed testbed) {
        return new Cluster(testbed.broker(), otherPlane, otherDirectory);
    }
}
