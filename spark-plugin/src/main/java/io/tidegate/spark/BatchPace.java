package io.tidegate.spark;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rounds in which Spark asks for executor pods apart. Spark starts one each batch delay, but others in between, whenever
 * another total is wanted while no pod is outstanding; where pods start fast, they would follow each other without a pause.
 */
final class BatchPace {
    private final long delayNanos;
    private final LongSupplier nanoTime;
    private @Nullable Thread asking;
    private long last;

    /** @param delayNanos shortest time between the end of a round and the start of the next one */
    BatchPace(long delayNanos, LongSupplier nanoTime) {
        this.delayNanos = delayNanos;
        this.nanoTime = nanoTime;
        last = nanoTime.getAsLong() - delayNanos;
    }

    /** Whether the round that this thread is in may ask for pods; once it may, it may for each of its resource profiles. */
    synchronized boolean mayAsk() {
        long now = nanoTime.getAsLong();
        if (now - last < delayNanos) {
            return asking == Thread.currentThread();
        }
        asking = Thread.currentThread();
        last = now;
        return true;
    }

    /** The round that this thread is in is over. One that a refusal has cut short never says so; it counts from its start. */
    synchronized void roundEnds() {
        if (asking == Thread.currentThread()) {
            asking = null;
            last = nanoTime.getAsLong();
        }
    }
}
