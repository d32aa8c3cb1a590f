package io.tidegate.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopTest {
    private final List<Throwable> faults = new CopyOnWriteArrayList<>();
    private final AtomicInteger steps = new AtomicInteger();
    private final AtomicReference<Thread> thread = new AtomicReference<>(Thread.currentThread());
    private final Loop loop = new Loop("tested", this::step, faults::add);
    private volatile Runnable failure = () -> {};

    private Duration step() {
        thread.set(Thread.currentThread());
        steps.incrementAndGet();
        failure.run();
        return Duration.ofMillis(5);
    }

    @AfterEach
    void stop() {
        loop.stop();
    }

    private void goesOn() {
        int before = steps.get();
        Awaitility.await().until(() -> steps.get() > before + 2);
    }

    @Test
    void goesOnWhenSomebodyInterruptsIt() {
        loop.start();
        goesOn();
        thread.get().interrupt();
        goesOn();
        assertEquals(List.of(), faults);
    }

    @Test
    void goesOnAfterAnErrorAndTellsIt() {
        StackOverflowError error = new StackOverflowError();
        failure = () -> {
            throw error;
        };
        loop.start();
        Awaitility.await().until(() -> !faults.isEmpty());
        failure = () -> {};
        loop.wake();
        goesOn();
        assertEquals(List.of(error), faults);
    }

    @Test
    void endsWhenItIsStopped() throws InterruptedException {
        loop.start();
        goesOn();
        loop.stop();
        thread.get().join(5_000);
        assertTrue(!thread.get().isAlive());
    }
}
