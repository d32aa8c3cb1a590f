package io.tidegate.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.contracts.topic.Topics;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.process.Restartable;
import io.tidegate.testbed.services.ServiceKind;
import io.tidegate.testbed.services.ServiceProcess;
import io.tidegate.testbed.services.TidegateServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Services, broker and API server are killed and stay away; times are measured from the fault. */
@OnTestbed
@Tag("faults")
class FaultsIT {

    private static final int KILLS = Integer.getInteger("tidegate.faults.kills", 20);
    private static final long SEED = Long.getLong("tidegate.faults.seed", 7);
    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("tidegate.faults.away-seconds", 300));
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration AGAIN = Duration.ofSeconds(10);

    @RegisterExtension
    static final RunningTidegate TIDEGATE = new RunningTidegate();

    private final SharedTestbed testbed;
    private final TidegateServices services;
    private final String namespace;
    private final WriteOrder writes;
    private final List<Subject> subjects = new ArrayList<>();

    FaultsIT(SharedTestbed testbed, Isolation isolation) {
        this.testbed = testbed;
        this.services = TIDEGATE.on(testbed);
        this.namespace = isolation.namespace();
        this.writes = new WriteOrder(testbed.controlPlane());
    }

    @BeforeEach
    void servicesAreReady() {
        services.processes().forEach(process -> process.awaitReady(Duration.ofSeconds(60)));
    }

    @AfterEach
    void close() {
        subjects.forEach(Subject::close);
        writes.close();
    }

    @ParameterizedTest
    @EnumSource(ServiceKind.class)
    void killedInTheMiddleOfAStepLosesNothing(ServiceKind kind) throws ExecutionException, InterruptedException {
        Random random = new Random(SEED + kind.module().hashCode());
        Subject orders = subject("killed-" + kind.module(), 100);
        orders.policy("killed", "replicas: {min: 0, max: 100}");
        await().atMost(SOON).until(() -> orders.status("killed", "current").equals("0"));
        ServiceProcess service = services.process(kind);
        List<Duration> times = new ArrayList<>();
        int expected = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            int more = 1 + random.nextInt(Math.max(1, 100 / KILLS));
            expected += more;
            int size = expected;
            orders.produce(10 * more);
            pause(Duration.ofMillis(random.nextInt(400)));
            long killed = System.nanoTime();
            service.kill();
            pause(Duration.ofSeconds(1));
            service.restart();
            await(kind.module() + " kill " + kill).atMost(SOON).until(() -> orders.replicas() == size);
            service.awaitReady(SOON);
            times.add(Duration.ofNanos(System.nanoTime() - killed));
        }
        orders.commitAll();
        await().atMost(SOON).until(() -> orders.replicas() == 0);
        writes.verify();
        Duration longest = times.stream().max(Comparator.naturalOrder()).orElseThrow();
        System.out.printf(
                "%s killed %d times (seed %d): sized and ready again after %d ms at most, %d accepted writes in order%n",
                kind.module(), KILLS, SEED, longest.toMillis(), writes.count());
        assertTrue(longest.compareTo(AGAIN) <= 0, () -> kind.module() + " took " + times);
    }

    @Test
    void collectorAwayBringsTheFallbackAndNoShrink() throws ExecutionException, InterruptedException {
        Subject orders = fallingBack("collector-away");
        ServiceProcess collector = services.process(ServiceKind.TELEMETRY_COLLECTOR);
        collector.kill();
        try {
            fallsBackAndStays(orders, AWAY);
            orders.produce(30);
        } finally {
            collector.restart();
        }
        await("back to normal").atMost(SOON).until(() -> orders.replicas() == 5);
        orders.commitAll();
        await().atMost(SOON).until(() -> orders.replicas() == 0);
        writes.verify();
    }

    @Test
    void brokerStoppedBringsTheFallbackAndNoShrink() throws ExecutionException, InterruptedException {
        Subject orders = fallingBack("broker-stopped");
        Restartable broker = testbed.broker().restartable().orElseThrow();
        broker.kill();
        try {
            fallsBackAndStays(orders, Duration.ofSeconds(60));
            services.processes()
                    .forEach(service -> assertEquals(
                            503,
                            service.get("/q/health/ready").statusCode(),
                            () -> service.kind() + " says that it is ready without Kafka"));
        } finally {
            broker.restart();
        }
        await("back to normal").atMost(Duration.ofSeconds(60)).until(() -> orders.replicas() == 2);
        orders.produce(10);
        await().atMost(SOON).until(() -> orders.replicas() == 3);
        writes.verify();
    }

    @Test
    void apiServerAwayIsWaitedFor() throws ExecutionException, InterruptedException {
        Subject orders = fallingBack("api-server-away");
        Restartable apiServer = testbed.controlPlane().apiServer().orElseThrow();
        apiServer.kill();
        try {
            orders.produce(10);
            await().atMost(SOON)
                    .until(() -> Stream.of(ServiceKind.TELEMETRY_COLLECTOR, ServiceKind.AUTOSCALER)
                            .allMatch(kind -> services.process(kind)
                                            .get("/q/health/ready")
                                            .statusCode()
                                    == 503));
            pause(Duration.ofSeconds(20));
        } finally {
            apiServer.restart();
        }
        await().atMost(SOON).until(() -> orders.replicas() == 3);
        writes.verify();
    }

    @Test
    void servicesStartedBeforeKafkaAndTheApiServerWaitForThem() throws ExecutionException, InterruptedException {
        Subject orders = fallingBack("started-first");
        Restartable broker = testbed.broker().restartable().orElseThrow();
        Restartable apiServer = testbed.controlPlane().apiServer().orElseThrow();
        services.processes().forEach(ServiceProcess::kill);
        apiServer.kill();
        broker.kill();
        try {
            services.processes().forEach(ServiceProcess::restart);
            await().during(Duration.ofSeconds(20))
                    .atMost(Duration.ofSeconds(40))
                    .until(() -> services.processes().stream()
                            .allMatch(service -> service.process().isAlive()
                                    && service.get("/q/health/ready").statusCode() == 503));
        } finally {
            broker.restart();
            apiServer.restart();
        }
        services.processes().forEach(service -> service.awaitReady(Duration.ofSeconds(60)));
        orders.produce(10);
        await().atMost(SOON).until(() -> orders.replicas() == 3);
        writes.verify();
    }

    @Test
    void engineThatLostStateAndTopicsIsFollowed() throws ExecutionException, InterruptedException, IOException {
        Subject orders = fallingBack("engine-state-lost");
        ServiceProcess engine = services.process(ServiceKind.POLICY_ENGINE);
        engine.kill();
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", testbed.broker().bootstrapServers()))) {
            List<String> lost = new ArrayList<>(List.of(Topics.DECISIONS, Topics.TARGETS));
            admin.listTopics().names().get().stream()
                    .filter(topic -> topic.startsWith("tidegate-engine-"))
                    .forEach(lost::add);
            assertTrue(lost.size() > 2, () -> "no changelog among the topics: " + lost);
            admin.deleteTopics(lost).all().get();
            await().atMost(SOON)
                    .until(() -> admin.listTopics().names().get().stream().noneMatch(lost::contains));
        }
        deleteFolder(testbed.directory().folder("services").resolve("policy-engine-0/state"));
        engine.restart();
        engine.awaitReady(Duration.ofSeconds(60));
        orders.produce(10);
        await().atMost(Duration.ofSeconds(60)).until(() -> orders.replicas() == 3);
        orders.commitAll();
        await().atMost(SOON).until(() -> orders.replicas() == 0);
        writes.verify();
    }

    @Test
    void whatIsDeletedWhileTheCollectorIsAwayIsTakenBackSoonAfterItsReturn()
            throws ExecutionException, InterruptedException {
        Subject orders = fallingBack("deleted");
        ServiceProcess collector = services.process(ServiceKind.TELEMETRY_COLLECTOR);
        collector.kill();
        orders.deletePolicy("away");
        orders.deleteDeployment();
        try (TargetTail tail = new TargetTail(testbed.broker().bootstrapServers())) {
            assertTrue(tail.holds(orders.workloadPath()), "no target to begin with");
            collector.restart();
            collector.awaitReady(SOON);
            await().atMost(Duration.ofSeconds(5)).until(() -> !tail.holds(orders.workloadPath()));
        }
    }

    /** Has two replicas, and a policy that asks for three when the stream is silent for 20 s. */
    private Subject fallingBack(String name) throws ExecutionException, InterruptedException {
        Subject orders = subject(name, 10);
        orders.policy("away", "fallback: {after: 20s, replicas: 3}");
        orders.produce(20);
        await().atMost(SOON).until(() -> orders.replicas() == 2);
        return orders;
    }

    private static void fallsBackAndStays(Subject orders, Duration away) {
        long end = System.nanoTime() + away.toNanos();
        await("falls back").atMost(Duration.ofSeconds(45)).until(() -> {
            assertTrue(orders.replicas() >= 2, "shrunk while nothing was known");
            return orders.replicas() == 3;
        });
        Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
        await("stays").during(left).atMost(left.plusSeconds(30)).until(() -> orders.replicas() == 3);
    }

    private Subject subject(String name, int partitions) throws ExecutionException, InterruptedException {
        Subject subject = Subject.create(testbed, namespace, name, partitions);
        subjects.add(subject);
        return subject;
    }

    private static void pause(Duration duration) {
        await().pollDelay(duration).atMost(duration.plusSeconds(5)).until(() -> true);
    }

    private static void deleteFolder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
