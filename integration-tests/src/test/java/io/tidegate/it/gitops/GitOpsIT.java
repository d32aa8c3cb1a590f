package io.tidegate.it.gitops;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.it.Subject;
import io.tidegate.it.deploy.Kubectl;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.services.TidegateServices;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Policies in a Git repository, followed commit after commit by a sync loop as Argo CD and Flux have one: good ones, bad ones
 * of both kinds, and how {@code git revert} ends them.
 */
@OnTestbed
@Tag("deploy")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GitOpsIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String POLICY_FILE = "deploy/policy.yaml";
    private static final String NAME = "orders";
    private static final int PARTITIONS = 12;

    private final SharedTestbed testbed;
    private final KubernetesClient client;
    private final String namespace;
    private final ArgoHealth health = new ArgoHealth();
    private final Git author;
    private final SyncLoop sync;
    private final TidegateServices services;
    private final Subject orders;

    GitOpsIT(SharedTestbed testbed, Isolation isolation) throws ExecutionException, InterruptedException {
        this.testbed = testbed;
        this.client = testbed.controlPlane().client();
        this.namespace = isolation.namespace();
        this.services = TidegateServices.start(testbed, Progress.console());
        this.orders = Subject.ofTopic(testbed, namespace, NAME, PARTITIONS);
        Path folder = testbed.directory().folder("git-" + namespace);
        Git origin = Git.bare(folder.resolve("origin.git"));
        this.author = origin.cloned(folder.resolve("author"));
        this.sync = SyncLoop.start(
                origin.cloned(folder.resolve("synced")),
                "deploy",
                new Kubectl(testbed.controlPlane(), testbed.directory().folder("kubectl")),
                client,
                namespace);
    }

    @BeforeAll
    void commitTheApplication() {
        author.commit(
                "orders, with its policy",
                Map.of(
                        "deploy/connection.yaml",
                        """
                apiVersion: tidegate.io/v1alpha1
                kind: Connection
                metadata: {name: kafka}
                spec: {kafka: {bootstrapServers: ["%s"]}}
                """.formatted(testbed.broker().bootstrapServers()),
                        "deploy/orders.yaml",
                        """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: orders}
                spec:
                  selector: {matchLabels: {app: orders}}
                  template:
                    metadata: {labels: {app: orders}}
                    spec:
                      nodeSelector: {tidegate.io/node: simulated}
                      containers: [{name: consumer, image: simulated}]
                """,
                        POLICY_FILE,
                        policy("min: 0, max: 10", "kafka", 10)));
    }

    @AfterAll
    void stop() {
        sync.close();
        orders.close();
        services.close();
    }

    @BeforeEach
    void noneHasEnded() {
        services.processes().forEach(service -> service.process().requireAlive());
    }

    private String policy(String replicas, String connection, int lagThreshold) {
        return """
                apiVersion: tidegate.io/v1alpha1
                kind: ScalingPolicy
                metadata: {name: orders}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: orders}
                  replicas: {%1$s}
                  signals:
                    - name: lag
                      kafka: {connectionRef: %2$s, consumerGroup: %4$s, topics: [%4$s], lagThreshold: %3$d, noCommittedOffset: Earliest}
                  behavior:
                    scaleUp: {policies: [{type: Pods, value: 20, periodSeconds: 1}]}
                    scaleDown: {stabilizationWindowSeconds: 0}
                """.formatted(replicas, connection, lagThreshold, orders.topic());
    }

    @Test
    @Order(1)
    void whatIsCommittedIsFollowed() throws ExecutionException, InterruptedException {
        assertEquals(0, check(), "the check of what is good");
        author.push();
        synced();
        healthy();
        orders.produce(25);
        await().atMost(SOON).until(() -> orders.replicas() == 3);
        String before = told("specHash");

        author.commit("half the records per replica", Map.of(POLICY_FILE, policy("min: 0, max: 10", "kafka", 5)));
        author.push();
        synced();

        await().atMost(SOON).until(() -> orders.replicas() == 5);
        healthy();
        assertAll(
                () -> assertTrue(told("specHash").matches("[0-9a-f]{16}"), told("specHash")),
                () -> assertNotEquals(before, told("specHash")),
                () -> assertEquals(5, orders.replicas(), "a sync has written the size"));
    }

    @Test
    @Order(2)
    void whatTheApiServerRefusesIsReportedAndChangesNothing() throws ExecutionException, InterruptedException {
        String applied = sync.last().applied();
        String hash = told("specHash");
        long generation = policy().getMetadata().getGeneration();
        String bad =
                author.commit("more at least than at most", Map.of(POLICY_FILE, policy("min: 5, max: 3", "kafka", 5)));
        assertEquals(1, check(), "the check before the merge");
        author.push();

        await().atMost(SOON).until(() -> sync.last().attempted().equals(bad));

        String problem = sync.last().problem();
        assertAll(
                () -> assertTrue(problem.contains("spec.replicas"), problem),
                () -> assertTrue(problem.contains("replicas.min must not be greater than replicas.max"), problem),
                () -> assertEquals(applied, sync.last().applied()),
                () -> assertEquals(generation, policy().getMetadata().getGeneration()),
                () -> assertEquals(hash, told("specHash")));
        orders.produce(10);
        await("the policy that was there before is followed").atMost(SOON).until(() -> orders.replicas() == 7);

        revert(bad);
        orders.produce(5);
        await().atMost(SOON).until(() -> orders.replicas() == 8);
        healthy();
        assertEquals(hash, told("specHash"));
    }

    @Test
    @Order(3)
    void aConnectionThatIsNotThereHoldsTheSizeUntilTheRevert() throws ExecutionException, InterruptedException {
        takenButUnhealthy(
                policy("min: 0, max: 10", "kafak", 5),
                "Degraded: Fresh: ",
                "the Connection kafak does not exist in namespace " + namespace);
    }

    @Test
    @Order(4)
    void aRuleThatOnlyTheEngineCanReadHoldsTheSizeUntilTheRevert() throws ExecutionException, InterruptedException {
        takenButUnhealthy(
                policy("min: 0, max: 10", "kafka", 5) + "  formula: lag + nothing\n", "Degraded: Able: ", "nothing");
    }

    /** Each begins with a size of 8 or less and ends at it; the records that come meanwhile would ask for more. */
    private void takenButUnhealthy(String manifest, String healthStart, String words)
            throws ExecutionException, InterruptedException {
        orders.commitAll();
        orders.produce(20);
        await().atMost(SOON).until(() -> orders.replicas() == 4);
        String hash = told("specHash");

        String bad = author.commit("a change that is not right", Map.of(POLICY_FILE, manifest));
        author.push();
        synced();

        await().atMost(SOON)
                .untilAsserted(() -> assertAll(
                        () -> assertTrue(health.of(policy()).startsWith(healthStart), () -> health.of(policy())),
                        () -> assertTrue(health.of(policy()).contains(words), () -> health.of(policy())),
                        () -> assertEquals(generation(), told("observedGeneration"))));
        orders.produce(20);
        await().during(Duration.ofSeconds(4)).atMost(Duration.ofSeconds(6)).until(() -> orders.replicas() == 4);
        assertNotEquals(hash, told("specHash"));

        revert(bad);
        await().atMost(SOON).until(() -> orders.replicas() == 8);
        healthy();
        assertEquals(hash, told("specHash"));
    }

    @Test
    @Order(5)
    void theCheckBeforeTheMergeTellsOfAConnectionThatIsNotThere() {
        String good = author.head();
        author.commit("a name with two letters swapped", Map.of(POLICY_FILE, policy("min: 0, max: 10", "kafak", 5)));
        PolicyCheckProgram.Answer strict = PolicyCheckProgram.run(
                "--strict", author.folder().resolve("deploy").toString());
        author.reverted("HEAD");
        assertAll(
                () -> assertEquals(1, strict.code(), strict.output()),
                () -> assertTrue(strict.output().contains("there is no Connection kafak"), strict.output()),
                () -> assertNotEquals(good, author.head()));
    }

    @Test
    @Order(6)
    void eachWritesItsOwnFields() {
        String writers = policy().getMetadata().getManagedFields().stream()
                .map(entry -> entry.getManager() + " " + Objects.requireNonNullElse(entry.getSubresource(), "spec"))
                .sorted()
                .distinct()
                .toList()
                .toString();
        assertEquals("[" + SyncLoop.MANAGER + " spec, tidegate status]", writers);
        assertEquals(
                sync.last().applied(),
                client.configMaps()
                        .inNamespace(namespace)
                        .withName("git-sync")
                        .require()
                        .getData()
                        .get("commit"));
    }

    @Test
    @Order(7)
    void aPolicyThatIsRemovedIsPrunedAndLeavesTheSize() {
        int size = orders.replicas();
        author.removed(POLICY_FILE);
        author.push();
        synced();

        assertEquals("no policy " + NAME, orders.status(NAME));
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(4)).until(() -> orders.replicas() == size);
    }

    private void revert(String commit) {
        author.reverted(commit);
        assertEquals(0, check(), "the check of the revert");
        author.push();
        synced();
    }

    private int check() {
        return PolicyCheckProgram.run(author.folder().resolve("deploy").toString())
                .code();
    }

    /** Waits until the cluster has the author's commit. */
    private void synced() {
        String head = author.head();
        await().atMost(SOON).until(() -> sync.last().attempted().equals(head));
        assertEquals("", sync.last().problem());
        assertEquals(head, sync.last().applied());
    }

    /** Waits until what was committed was decided on and is well, as Argo CD's health check says. */
    private void healthy() {
        await().atMost(SOON)
                .untilAsserted(() -> assertAll(
                        () -> assertTrue(health.of(policy()).startsWith("Healthy: "), () -> health.of(policy())),
                        () -> assertEquals(generation(), told("observedGeneration"))));
    }

    private String generation() {
        return policy().getMetadata().getGeneration().toString();
    }

    private String told(String field) {
        return orders.status(NAME, field);
    }

    private GenericKubernetesResource policy() {
        return client.genericKubernetesResources("tidegate.io/v1alpha1", "ScalingPolicy")
                .inNamespace(namespace)
                .withName(NAME)
                .require();
    }
}
