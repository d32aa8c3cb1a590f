package io.tidegate.decision.signal;

/**
 * What a stage was like when it was last seen.
 *
 * @param stage its id: the same from run to run as long as the application's code is
 * @param p50Millis median run time of its tasks
 * @param p95Millis 95th percentile of them
 * @param run number of the run in which it was seen
 */
public record StageProfile(int stage, int tasks, long p50Millis, long p95Millis, int run) {
    /** Run time of all its tasks, in ms. */
    double workMillis() {
        return (double) tasks * p50Millis;
    }
}
