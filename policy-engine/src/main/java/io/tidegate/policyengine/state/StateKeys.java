package io.tidegate.policyengine.state;

import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import java.util.Locale;

/** Keys of the one store: a letter for what it is, then its id. One store keeps the order of its writes in one changelog. */
final class StateKeys {

    static final String WORKLOADS_FROM = "w/";
    /** The first key after all workloads. */
    static final String WORKLOADS_TO = "w0";

    static final String CLOCK = "clock";

    private StateKeys() {}

    static String workload(WorkloadId workload) {
        return WORKLOADS_FROM + workload;
    }

    static WorkloadId workload(String key) {
        return WorkloadId.parse(key.substring(WORKLOADS_FROM.length()));
    }

    static String policy(PolicyId policy) {
        return "p/" + policy;
    }

    static String target(String targetKey) {
        return "t/" + targetKey;
    }

    static String decision(WorkloadId workload, long sequence) {
        return "d/" + workload + "/" + String.format(Locale.ROOT, "%019d", sequence);
    }
}
