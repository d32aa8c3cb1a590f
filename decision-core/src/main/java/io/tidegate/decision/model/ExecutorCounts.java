package io.tidegate.decision.model;

import java.util.OptionalLong;

/**
 * Executors of an application, the driver not counted.
 *
 * @param wanted what Spark itself asks for
 * @param granted what is asked for on its behalf
 * @param running registered, and not about to leave
 * @param busy of those, the ones that run a task
 * @param draining about to leave
 * @param lastStartMillis from asking for the executor that registered last to its registration
 */
public record ExecutorCounts(
        int wanted, int granted, int running, int busy, int draining, OptionalLong lastStartMillis) {
    public ExecutorCounts {
        wanted = Amounts.count("executors.wanted", wanted);
        granted = Amounts.count("executors.granted", granted);
        running = Amounts.count("executors.running", running);
        busy = Amounts.count("executors.busy", busy);
        draining = Amounts.count("executors.draining", draining);
        lastStartMillis = Amounts.millis("executors.lastStartMillis", lastStartMillis);
    }
}
