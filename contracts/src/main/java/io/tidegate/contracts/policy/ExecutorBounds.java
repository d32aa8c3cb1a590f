package io.tidegate.contracts.policy;

/**
 * Absolute bounds of the number of executors of a Spark application, both included. The driver does not count.
 *
 * @param min fewest executors, at least 0
 * @param max most executors, at least {@code min} and at least 1
 */
public record ExecutorBounds(int min, int max) {
    public ExecutorBounds {
        if (min < 0 || max < 1 || max < min) {
            throw new IllegalArgumentException(
                    "executors must satisfy 0 <= min <= max and max >= 1: min " + min + ", max " + max);
        }
    }

    /** The same, as bounds of any workload's size. */
    ReplicaBounds replicas() {
        return new ReplicaBounds(min, max);
    }
}
