package io.tidegate.collector.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.tidegate.contracts.fact.WorkloadFact.PodCounts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first of these that fits a pod, in this order; a pod that is done counts as none. */
enum PodState {
    TERMINATING,
    FAILED,
    SUCCEEDED,
    READY,
    UNSCHEDULABLE,
    PENDING;

    static PodState of(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return TERMINATING;
        }
        @Nullable PodStatus status = pod.getStatus();
        if (status == null) {
            return PENDING;
        }
        if ("Failed".equals(status.getPhase())) {
            return FAILED;
        }
        if ("Succeeded".equals(status.getPhase())) {
            return SUCCEEDED;
        }
        if (has(status, "Ready", "True")) {
            return READY;
        }
        return has(status, "PodScheduled", "False") ? UNSCHEDULABLE : PENDING;
    }

    /** Counts states. */
    static PodCounts count(List<PodState> states) {
        return new PodCounts(
                count(states, TERMINATING),
                count(states, FAILED),
                count(states, READY),
                count(states, UNSCHEDULABLE),
                count(states, PENDING));
    }

    private static int count(List<PodState> states, PodState wanted) {
        return (int) states.stream().filter(state -> state == wanted).count();
    }

    private static boolean has(PodStatus status, String type, String value) {
        @Nullable List<PodCondition> conditions = status.getConditions();
        return conditions != null
                && conditions.stream()
                        .anyMatch(condition -> type.equals(condition.getType()) && value.equals(condition.getStatus()));
    }
}
