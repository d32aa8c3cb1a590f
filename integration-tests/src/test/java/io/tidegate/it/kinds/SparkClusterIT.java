package io.tidegate.it.kinds;

import static io.tidegate.it.kinds.Applications.APACHE;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.services.TidegateServices;
import io.tidegate.testbed.spark.SparkOperators;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Workers of SparkClusters as the operator makes them, on simulated nodes: sets whose selectors are the same. */
@OnTestbed
class SparkClusterIT {

    private static final Duration SOON = Duration.ofSeconds(40);

    private static TidegateServices services;

    private final KubernetesClient client;
    private final Applications applications;
    private final WritesOfTidegate writes;
    private final String namespace;

    SparkClusterIT(SharedTestbed testbed, Isolation isolation) {
        this.client = testbed.controlPlane().client();
        this.namespace = isolation.namespace();
        this.applications = new Applications(client, namespace);
        this.writes = new WritesOfTidegate(testbed.controlPlane(), namespace);
    }

    @BeforeAll
    static void start(SharedTestbed testbed) {
        SparkOperators.install(testbed.controlPlane().client());
        services = TidegateServices.start(testbed, Progress.console());
    }

    @AfterAll
    static void stop() {
        services.close();
    }

    @Test
    void scalesTheWorkersOfOneClusterAndLeavesThoseOfAnotherAlone() {
        cluster("alpha", 1);
        cluster("beta", 3);
        await().atMost(SOON).until(() -> ready("alpha") == 1 && ready("beta") == 3);
        policy(2, "Max");
        await().atMost(SOON).until(() -> ready("alpha") == 2);
        await().atMost(SOON)
                .until(() -> applications.told("alpha-worker", "current").equals("2"));
        policy(1, "Disabled");
        await().atMost(SOON).until(() -> applications.told("alpha-worker", "limitedBy"), limit -> !limit.isEmpty());
        assertEquals(2, ready("alpha"), "no worker ends without a drain");
        policy(1, "Max");
        await().atMost(SOON).until(() -> ready("alpha") == 1);

        assertEquals(3, ready("beta"));
        assertFalse(writes.byAnybodyTo("sparkclusters").isEmpty(), "the audit log has writes to this kind");
        assertEquals(List.of(), writes.to("sparkclusters"));
        assertEquals(1, applications.generation(APACHE, "SparkCluster", "alpha"));
    }

    private void cluster(String name, int workers) {
        applications.create(
                APACHE,
                "SparkCluster",
                name,
                "{clusterTolerations: {instanceConfig: {initWorkers: %1$d, minWorkers: %1$d, maxWorkers: %1$d}}}"
                        .formatted(workers));
        applications.create("apps/v1", "StatefulSet", name + "-worker", """
                {replicas: %1$d, podManagementPolicy: Parallel, serviceName: %2$s,
                  selector: {matchLabels: {spark-role: worker}},
                  template: {
                    metadata: {labels: {spark-role: worker, spark.operator/spark-cluster-name: %2$s}},
                    spec: {
                      nodeSelector: {tidegate.io/node: simulated},
                      terminationGracePeriodSeconds: 0,
                      containers: [{name: worker, image: simulated}]}}}
                """.formatted(workers, name));
    }

    private void policy(int replicas, String selectPolicy) {
        applications.policy("apps/v1", "StatefulSet", "alpha-worker", """
                replicas: {min: 1, max: 4}
                signals:
                  - {name: always, schedule: {timeZone: UTC, start: "0 0 1 1 *", end: "59 23 31 12 *", replicas: %d}}
                behavior: {scaleDown: {stabilizationWindowSeconds: 0, selectPolicy: %s}}
                """.formatted(replicas, selectPolicy));
    }

    private int ready(String cluster) {
        StatefulSet set = client.apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName(cluster + "-worker")
                .get();
        Integer ready = set == null ? null : set.getStatus().getReadyReplicas();
        return ready == null ? 0 : ready;
    }
}
