package io.tidegate.testbed.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * How one of the demo's Spark applications went. Times are seconds since the start of the load.
 *
 * @param name name of its policy
 * @param pass whether it ended with exactly the expected result
 * @param failure why it did not, a sentence; empty if it did
 * @param result what it computed; empty if it has not ended well
 * @param expected what it had to compute
 * @param executors each change of its executors
 * @param executorSeconds executors that ran, integrated over time
 * @param decisions each decision on it, when it was seen
 */
record SparkReport(
        String name,
        boolean pass,
        String failure,
        String result,
        String expected,
        List<Change> executors,
        @JsonProperty("executor_seconds") double executorSeconds,
        List<Why> decisions) {

    /**
     * Executors from a time on.
     *
     * @param asked what Spark asked for, or without dynamic allocation what the decision gave it
     * @param granted what the plugin asked of the cluster
     * @param running those that were registered
     */
    record Change(double at, int asked, int granted, int running) {}

    /** A decision in words. */
    record Why(double at, String sentence) {}
}
