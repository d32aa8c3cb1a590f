package io.tidegate.it.kinds;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.services.TidegateServices;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A Rollout as Argo Rollouts has it, on simulated nodes, scaled by the rights that the example gives. The test plays the
 * controller: it gives the pods of the release that is current the size that the Rollout asks for.
 */
@OnTestbed
@Tag("deploy")
class RolloutIT {

    private static final String ARGO = "argoproj.io/v1alpha1";
    private static final String ROLLOUT = "Rollout";
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final long WAIT_MILLIS = 30_000;

    private static TidegateServices services;

    private final KubernetesClient client;
    private final Applications applications;
    private final WritesOfTidegate writes;
    private final String namespace;
    /** Of the Rollout and its policy; the tests share a namespace. */
    private String name = "checkout";

    RolloutIT(SharedTestbed testbed, Isolation isolation) {
        this.client = testbed.controlPlane().client();
        this.namespace = isolation.namespace();
        this.applications = new Applications(client, namespace);
        this.writes = new WritesOfTidegate(testbed.controlPlane(), namespace);
    }

    @BeforeAll
    static void start(SharedTestbed testbed) throws IOException {
        KubernetesClient client = testbed.controlPlane().client();
        try (InputStream kind = Objects.requireNonNull(RolloutIT.class.getResourceAsStream("rollouts.yaml"))) {
            for (HasMetadata definition : client.load(kind).serverSideApply()) {
                client.resource(definition).waitUntilCondition(RolloutIT::isServed, WAIT_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
        services = TidegateServices.start(testbed, Progress.console());
        for (HasMetadata object : rights(client)) {
            client.resource(object).serverSideApply();
        }
    }

    @AfterAll
    static void stop(SharedTestbed testbed) {
        services.close();
        rights(testbed.controlPlane().client())
                .forEach(object ->
                        testbed.controlPlane().client().resource(object).delete());
    }

    @Test
    void aRolloutIsScaledThroughItsScaleSubresourceAndNothingElseOfItIsTouched() {
        name = "written";
        rollout();
        String strategy = applications.field(ARGO, ROLLOUT, name, "spec", "strategy");
        policy(3);
        await().atMost(SOON).until(() -> asked() == 3);
        controllerActs();
        await().atMost(SOON)
                .until(() -> applications.told(name, "current").equals("3")
                        && applications.told(name, "desired").equals("3"));

        policy(5);
        await().atMost(SOON).until(() -> asked() == 5);
        controllerActs();
        policy(2);
        await().atMost(SOON).until(() -> asked() == 2);

        List<String> written = writes.to("rollouts", name);
        assertFalse(written.isEmpty());
        assertTrue(
                written.stream()
                        .allMatch(line ->
                                line.contains("\"subresource\":\"scale\"") && line.contains(":tidegate-autoscaler\"")),
                written::toString);
        assertEquals(strategy, applications.field(ARGO, ROLLOUT, name, "spec", "strategy"));
    }

    @Test
    void withoutTheRightToWriteThePolicySaysSo() {
        name = "refused";
        client.rbac()
                .clusterRoleBindings()
                .withName("tidegate-autoscaler-rollouts")
                .delete();
        try {
            rollout();
            policy(3);
            await().atMost(SOON)
                    .untilAsserted(() -> assertTrue(
                            applications.told(name, "conditions").contains("(403)"), () -> applications.told(name)));
            assertEquals(1, asked());
        } finally {
            rights(client).forEach(object -> client.resource(object).serverSideApply());
        }
        await("it acts once it may").atMost(SOON).until(() -> asked() == 3);
    }

    private void rollout() {
        applications.create(ARGO, ROLLOUT, name, """
                {replicas: 1, strategy: {canary: {steps: [{setWeight: 20}, {pause: {}}]}},
                  selector: {matchLabels: {app: %1$s}},
                  template: {metadata: {labels: {app: %1$s}}, spec: {containers: [{name: app, image: simulated}]}}}
                """.formatted(name));
        applications.create("apps/v1", "ReplicaSet", name + "-6d5f", """
                {replicas: 1, selector: {matchLabels: {app: %1$s}},
                  template: {
                    metadata: {labels: {app: %1$s}},
                    spec: {
                      nodeSelector: {tidegate.io/node: simulated},
                      terminationGracePeriodSeconds: 0,
                      containers: [{name: app, image: simulated}]}}}
                """.formatted(name));
        controllerActs();
    }

    /** Gives the pods the size that is asked for, and says how it stands. */
    private void controllerActs() {
        int size = asked();
        client.apps()
                .replicaSets()
                .inNamespace(namespace)
                .withName(name + "-6d5f")
                .scale(size);
        await().atMost(SOON).until(() -> ready() == size);
        applications.status(ARGO, ROLLOUT, name, "{\"HPAReplicas\":%d,\"selector\":\"app=%s\"}".formatted(size, name));
    }

    private void policy(int replicas) {
        applications.policy(ARGO, ROLLOUT, name, """
                replicas: {min: 1, max: 6}
                signals:
                  - {name: always, schedule: {timeZone: UTC, start: "0 0 1 1 *", end: "59 23 31 12 *", replicas: %d}}
                behavior: {scaleDown: {stabilizationWindowSeconds: 0}}
                """.formatted(replicas));
    }

    private int asked() {
        return Integer.parseInt(applications.field(ARGO, ROLLOUT, name, "spec", "replicas"));
    }

    private int ready() {
        ReplicaSet pods = client.apps()
                .replicaSets()
                .inNamespace(namespace)
                .withName(name + "-6d5f")
                .get();
        Integer ready = pods == null ? null : pods.getStatus().getReadyReplicas();
        return ready == null ? 0 : ready;
    }

    /** What the example gives the services; its policy is left out. */
    private static List<HasMetadata> rights(KubernetesClient client) {
        try (InputStream example = Files.newInputStream(TestbedHome.root().resolve("k8s/examples/argo-rollout.yaml"))) {
            return client.load(example).items().stream()
                    .filter(object -> object.getKind().startsWith("ClusterRole"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isServed(HasMetadata definition) {
        return definition instanceof CustomResourceDefinition kind
                && kind.getStatus() != null
                && kind.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }
}
