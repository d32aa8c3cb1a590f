package io.tidegate.policyengine.state;

import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;

/** Keys of the one store: a letter for what it is, then its id. One store keeps the order of its writes in one changelog. */
final class StateKeys {

    static final String WORKLOADS_FROM = "w/";
    /** The first key after all workloads. */
    static final String WORKLOADS_TO = "w0";

    static final String CLOCK = "clock";

    /** As many as the largest has, so that keys are in the order of sequences. */
    private static final int SEQUENCE_DIGITS = 19;

    private StateKeys() {}

    static String workload(WorkloadId workload) {
        return WORKLOADS_FROM + workload;
    }

    static WorkloadId workload(String key) {
        return WorkloadId.parse(key.substring(WORKLOADS_FROM.length()));
    }

    /** A sample that lies beside its workload's state; the signal may hold any character, so it comes last. */
    static String sample(WorkloadId workload, String signal) {
        return "s/" + workload + "/" + signal;
    }

    static String policy(PolicyId policy) {
        return "p/" + policy;
    }

    static String target(String targetKey) {
        return "t/" + targetKey;
    }

    /** The first key of the decisions of a workload, by the key of its state. */
    static String decisionsFrom(String workloadKey) {
        return "d/" + workloadKey.substring(WORKLOADS_FROM.length()) + "/";
    }

    /** The first key after them. */
    static String decisionsTo(String workloadKey) {
        return "d/" + workloadKey.substring(WORKLOADS_FROM.length()) + "0";
    }

    static String decision(WorkloadId workload, long sequence) {
        String digits = Long.toString(sequence);
        return "d/" + workload + "/" + "0".repeat(SEQUENCE_DIGITS - digits.length()) + digits;
    }
}
