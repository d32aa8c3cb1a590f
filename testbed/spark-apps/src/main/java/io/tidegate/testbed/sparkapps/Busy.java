package io.tidegate.testbed.sparkapps;

/** Time that a task takes without using a processor. */
final class Busy {
    private Busy() {}

    static void forMillis(long millis) {
        if (millis <= 0) {
            return;
        }
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            // A task that is killed is interrupted, and must end as one that failed.
            Thread.currentThread().interrupt();
            throw new IllegalStateException("killed", e);
        }
    }
}
