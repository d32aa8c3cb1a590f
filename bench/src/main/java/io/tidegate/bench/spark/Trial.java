package io.tidegate.bench.spark;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tidegate.bench.spark.ExecutorTimes.Step;
import java.util.List;

/**
 * One job under one way.
 *
 * @param run number of the run, from 1
 * @param makespanSeconds from the application's start to its last job's end, as its driver has logged both
 * @param submittedSeconds from creating the driver pod to its end
 * @param executorSeconds of the API server's executor pods, from Running to terminated or gone
 * @param executors how many were started
 * @param lostTasks attempts that did not succeed; nothing but scale-in makes any fail
 * @param repeatedTasks tasks that had succeeded, and had to again
 * @param stageRetries stages that were begun again
 * @param exact whether the result is what it must be
 * @param missed whether it took longer than the objective allows
 * @param course how many executors ran, in seconds since the submission
 * @param decisions what Tidegate decided, and why; empty for the other ways
 */
record Trial(
        int run,
        Job job,
        Way way,
        @JsonProperty("makespan_s") double makespanSeconds,
        @JsonProperty("submitted_to_end_s") double submittedSeconds,
        @JsonProperty("executor_s") double executorSeconds,
        int executors,
        @JsonProperty("lost_tasks") int lostTasks,
        @JsonProperty("repeated_tasks") int repeatedTasks,
        @JsonProperty("stage_retries") int stageRetries,
        boolean exact,
        boolean missed,
        List<Step> course,
        List<String> decisions) {
    Trial {
        course = List.copyOf(course);
        decisions = List.copyOf(decisions);
    }
}
