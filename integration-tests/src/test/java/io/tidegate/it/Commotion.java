package io.tidegate.it;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.tidegate.replay.Recorder;
import io.tidegate.testbed.Parts;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.services.ServiceKind;
import io.tidegate.testbed.services.ServiceProcess;
import io.tidegate.testbed.services.TidegateServices;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A time in which much happens to the engine, recorded: lag of several workloads goes up and down, the engine is killed, a
 * policy is edited, another engine comes and goes.
 */
final class Commotion implements AutoCloseable {

    private static final Duration STEP = Duration.ofMillis(400);
    private static final Duration READY_WITHIN = Duration.ofSeconds(90);

    private final Parts parts;
    private final TidegateServices services;
    private final Random random;
    private final List<Subject> subjects = new ArrayList<>();

    Commotion(Parts parts, TidegateServices services, long seed) {
        this.parts = parts;
        this.services = services;
        this.random = new Random(seed);
    }

    /** Adds workloads with a policy each. */
    void add(int workloads) throws ExecutionException, InterruptedException {
        for (int i = 0; i < workloads; i++) {
            String namespace = "repeat-" + i;
            parts.controlPlane()
                    .client()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(namespace)
                            .endMetadata()
                            .build())
                    .create();
            Subject subject = Subject.create(parts, namespace, "orders-" + i);
            subject.policy("orders");
            subjects.add(subject);
        }
    }

    /** Lets it happen for a time, and records it. */
    void record(Duration time, Path file) throws ExecutionException, InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        // A thread of its own: on two cores the common pool has but one, and the Kubernetes client needs that.
        CompletableFuture<Void> recorded = CompletableFuture.runAsync(
                () -> {
                    try {
                        new Recorder(
                                        Map.of(
                                                "bootstrap.servers",
                                                parts.broker().bootstrapServers()),
                                        "",
                                        Progress.console())
                                .record(file, stop::get);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                task -> Thread.ofPlatform().daemon().name("recorder").start(task));
        try {
            play(time);
        } finally {
            stop.set(true);
        }
        recorded.get();
    }

    private void play(Duration time) throws ExecutionException, InterruptedException {
        ServiceProcess engine = services.process(ServiceKind.POLICY_ENGINE);
        List<Runnable> events = new ArrayList<>(List.of(
                () -> restarted(engine),
                () -> subjects.getFirst().policy("orders", "replicas: {min: 1, max: 7}"),
                this::secondEngine,
                () -> restarted(engine)));
        long start = System.nanoTime();
        long every = time.toNanos() / (events.size() + 1);
        for (long at = 0; at < time.toNanos(); at = System.nanoTime() - start) {
            if (!events.isEmpty() && at > every * (5 - events.size())) {
                events.removeFirst().run();
            }
            Subject subject = subjects.get(random.nextInt(subjects.size()));
            if (random.nextInt(3) == 0) {
                subject.commitAll();
            } else {
                subject.produce(1 + random.nextInt(40));
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
    }

    private static void restarted(ServiceProcess engine) {
        engine.kill();
        engine.restart();
        engine.awaitReady(READY_WITHIN);
    }

    /** It takes over some of the partitions, and gives them back. */
    private void secondEngine() {
        ServiceProcess second = services.add(ServiceKind.POLICY_ENGINE, "policy-engine-1", Map.of());
        second.awaitReady(READY_WITHIN);
        LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
        second.close();
    }

    @Override
    public void close() {
        subjects.forEach(Subject::close);
    }
}
