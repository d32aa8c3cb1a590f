package io.tidegate.autoscaler.act;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class VirtualThreadsTest {

    @Test
    void runsOnlySoManyAtTheSameTimeAndAllInTheEnd() throws InterruptedException {
        VirtualThreads threads = new VirtualThreads(3);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Semaphore goOn = new Semaphore(0);
        CountDownLatch begun = new CountDownLatch(3);
        CountDownLatch ended = new CountDownLatch(20);
        for (int i = 0; i < 20; i++) {
            threads.now(() -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                begun.countDown();
                goOn.acquireUninterruptibly();
                running.decrementAndGet();
                ended.countDown();
            });
        }
        assertTrue(begun.await(10, TimeUnit.SECONDS));
        goOn.release(20);
        assertTrue(ended.await(10, TimeUnit.SECONDS));
        assertEquals(3, most.get());
    }

    @Test
    void workThatFailsGivesItsPlaceToTheNext() throws InterruptedException {
        VirtualThreads threads = new VirtualThreads(1);
        CountDownLatch ended = new CountDownLatch(1);
        threads.now(() -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {});
            throw new IllegalStateException("planted");
        });
        threads.in(Duration.ofMillis(1), ended::countDown);
        assertTrue(ended.await(10, TimeUnit.SECONDS));
    }
}
