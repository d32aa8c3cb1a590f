package io.tidegate.testbed.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * How the demo went.
 *
 * @param pass whether the objective held, all records were consumed, the replicas came back to the policy's minimum, and
 *     all Spark applications had their exact results
 * @param failures what kept it from passing, one sentence each
 * @param produced records acknowledged by the broker
 * @param consumed records covered by a commit of the group
 * @param objectiveMillis the policy's {@code maxLatency} in milliseconds
 * @param p99WaitMillis wait that 99 % of the records kept, from append to the commit that covers them
 * @param worstWaitMillis longest wait
 * @param replicas each change of the size: seconds since the start of the load, and the size from then on
 * @param replicaSeconds what the sizes cost, a replica being paid from the write that asks for it
 * @param leastReplicaSeconds the least that a plan made with knowledge of the whole load could cost
 * @param startUpSeconds start-up time of a replica as measured, median
 * @param latency how fast decisions were made and carried out
 * @param spark how the Spark applications went; none without them
 */
record DemoReport(
        boolean pass,
        List<String> failures,
        long produced,
        long consumed,
        @JsonProperty("objective_ms") long objectiveMillis,
        @JsonProperty("p99_wait_ms") long p99WaitMillis,
        @JsonProperty("worst_wait_ms") long worstWaitMillis,
        List<double[]> replicas,
        @JsonProperty("replica_seconds") double replicaSeconds,
        @JsonProperty("least_replica_seconds") double leastReplicaSeconds,
        @JsonProperty("start_up_seconds") double startUpSeconds,
        @JsonProperty("latency_ms") Latency latency,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<SparkReport> spark) {

    /**
     * Latencies in milliseconds over the decisions that changed the size.
     *
     * @param decisionP50 from the sample's observation to the decision on its topic, median
     * @param decisionP99 the same, 99th percentile
     * @param patchP50 from the sample's observation to the write accepted by the API server, median
     * @param patchP99 the same, 99th percentile
     * @param readyP50 from a write that adds replicas to all of them ready, median
     * @param n number of decisions
     */
    record Latency(
            @JsonProperty("decision_p50") double decisionP50,
            @JsonProperty("decision_p99") double decisionP99,
            @JsonProperty("patch_p50") double patchP50,
            @JsonProperty("patch_p99") double patchP99,
            @JsonProperty("ready_p50") double readyP50,
            int n) {}
}
