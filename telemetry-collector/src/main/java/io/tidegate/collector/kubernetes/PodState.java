package io.tidegate.collector.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.tidegate.contracts.fact.WorkloadFact.PodCounts;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The first of these that fits a pod, in this order; a pod that is done counts as none. */
enum PodState {
    TERMINATING,
    FAILED,
    SUCCEEDED,
    READY,
    UNSCHEDULABLE,
    PENDING;

    static PodState of(GenericKubernetesResource pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return TERMINATING;
        }
        if (!(pod.getAdditionalProperties().get("status") instanceof Map<?, ?> status)) {
            return PENDING;
        }
        if ("Failed".equals(status.get("phase"))) {
            return FAILED;
        }
        if ("Succeeded".equals(status.get("phase"))) {
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

    private static boolean has(Map<?, ?> status, String type, String value) {
        return status.get("conditions") instanceof Collection<?> conditions
                && conditions.stream()
                        .anyMatch(condition -> condition instanceof Map<?, ?> fields
                                && type.equals(fields.get("type"))
                                && value.equals(fields.get("status")));
    }
}
