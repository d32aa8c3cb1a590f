package io.tidegate.decision.model;

/** Run times in ms of the tasks of a stage that have succeeded: their sum, median, 95th percentile and longest. */
public record TaskTimes(long sumMillis, long p50Millis, long p95Millis, long maxMillis) {
    public TaskTimes {
        sumMillis = Amounts.millis("sumMillis", sumMillis);
        p50Millis = Amounts.millis("p50Millis", p50Millis);
        p95Millis = Amounts.millis("p95Millis", p95Millis);
        maxMillis = Amounts.millis("maxMillis", maxMillis);
    }
}
