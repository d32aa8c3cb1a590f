package io.tidegate.autoscaler.act;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Runs each piece of work on a virtual thread of its own, in the order of their start, and only so many at the same time. */
public final class VirtualThreads implements Later {

    private final Semaphore leave;

    /** @param most pieces of work that run at the same time; the others wait */
    public VirtualThreads(int most) {
        this.leave = new Semaphore(most, true);
    }

    @Override
    public void now(Runnable work) {
        Thread.ofVirtual().name("autoscaler-act").start(() -> run(work));
    }

    @Override
    public void in(Duration delay, Runnable work) {
        CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, this::now)
                .execute(work);
    }

    private void run(Runnable work) {
        leave.acquireUninterruptibly();
        try {
            work.run();
        } finally {
            leave.release();
        }
    }
}
