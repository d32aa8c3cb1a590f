package io.tidegate.testbed.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for a part to become ready. */
public final class Waiting {
    private Waiting() {}

    /** Asks each period until the condition holds; fails with the sentence after the limit. */
    public static void until(BooleanSupplier condition, Duration period, Duration limit, String failure) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new TestbedException(failure + " within " + limit.toSeconds() + " s.");
            }
            LockSupport.parkNanos(period.toNanos());
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                throw new TestbedException("Interrupted: " + failure + ".");
            }
        }
    }
}
