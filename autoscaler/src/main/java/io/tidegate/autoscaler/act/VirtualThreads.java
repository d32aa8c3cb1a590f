package io.tidegate.autoscaler.act;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Runs each piece of work on a virtual thread of its own, in the order of their start, and only so many at the same time. */
public final class VirtualThreads implements Later {

    private static final Executor START =
            work -> Thread.ofVirtual().name("autoscaler-act").start(work);

    private final Semaphore leave;

    /** @param most pieces of work that run at the same time; the others wait */
    public VirtualThreads(int most) {
        this.leave = new Semaphore(most, true);
    }

    @Override
    public void now(Runnable work) {
        START.execute(() -> run(work));
    }

    @Override
    public void in(Duration delay, Runnable work) {
        CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, START)
                .execute(() -> run(work));
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
