package io.tidegate.replay;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * How a rerun compares with what was recorded.
 *
 * @param equal whether each workload has the same decisions, byte for byte
 * @param facts facts that were read
 * @param workloads workloads with decisions
 * @param recordedDecisions decisions that were recorded, each counted once
 * @param rerunDecisions decisions of the rerun, each counted once
 * @param recordedDuplicates recorded decisions that had been told before
 * @param rerunDuplicates the same of the rerun
 * @param instances engines
 * @param maxPollRecords most facts that an engine took at once; 0 for its default
 * @param seconds from the start of the engines to their last commit
 * @param conflicts decisions that were told again with other bytes
 * @param differences the first difference of each workload
 */
public record RerunReport(
        boolean equal,
        long facts,
        int workloads,
        @JsonProperty("recorded_decisions") long recordedDecisions,
        @JsonProperty("rerun_decisions") long rerunDecisions,
        @JsonProperty("recorded_duplicates") long recordedDuplicates,
        @JsonProperty("rerun_duplicates") long rerunDuplicates,
        int instances,
        @JsonProperty("max_poll_records") int maxPollRecords,
        double seconds,
        List<String> conflicts,
        List<Difference> differences) {

    public RerunReport {
        conflicts = List.copyOf(conflicts);
        differences = List.copyOf(differences);
    }

    /**
     * Where a workload first differs.
     *
     * @param workload its id
     * @param same decisions before, which are the same
     * @param recorded the recorded decision
     * @param rerun the other
     */
    public record Difference(String workload, int same, String recorded, String rerun) {}
}
