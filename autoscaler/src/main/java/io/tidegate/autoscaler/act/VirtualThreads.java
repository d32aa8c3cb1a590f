package io.tidegate.autoscaler.act;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Runs each piece of work on a virtual thread of its own. */
public final class VirtualThreads implements Later {

    private static final Executor START =
            work -> Thread.ofVirtual().name("autoscaler-act").start(work);

    @Override
    public void now(Runnable work) {
        START.execute(work);
    }

    @Override
    public void in(Duration delay, Runnable work) {
        CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, START)
                .execute(work);
    }
}
