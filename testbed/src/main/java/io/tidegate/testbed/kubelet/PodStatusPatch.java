package io.tidegate.testbed.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The status of a pod as its kubelet sees it, as a JSON merge patch. */
final class PodStatusPatch {
    private static final Set<String> OWN_CONDITIONS =
            Set.of("PodReadyToStartContainers", "Initialized", "ContainersReady", "Ready");

    private PodStatusPatch() {}

    /** The patch; it names the pod's uid, so that it never meets another pod of the same name. */
    static Map<String, Object> of(
            Pod pod, Map<String, ContainerRun> runs, String podIp, Instant startTime, Instant now) {
        List<ContainerStatus> containers = new ArrayList<>();
        for (Container spec : pod.getSpec().getContainers()) {
            ContainerRun run = runs.get(spec.getName());
            if (run != null) {
                containers.add(run.status(spec));
            }
        }
        String phase = phase(runs);
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("phase", phase);
        status.put("observedGeneration", pod.getMetadata().getGeneration());
        status.put("hostIP", "127.0.0.1");
        status.put("hostIPs", List.of(Map.of("ip", "127.0.0.1")));
        status.put("podIP", podIp);
        status.put("podIPs", List.of(Map.of("ip", podIp)));
        status.put("startTime", startTime.truncatedTo(ChronoUnit.SECONDS).toString());
        status.put("containerStatuses", containers);
        status.put("conditions", conditions(pod, runs, phase, now));
        return Map.of("metadata", Map.of("uid", pod.getMetadata().getUid()), "status", status);
    }

    static String phase(Map<String, ContainerRun> runs) {
        if (runs.values().stream().allMatch(ContainerRun::isFinished)) {
            return runs.values().stream().allMatch(run -> run.exitCode() == 0) ? "Succeeded" : "Failed";
        }
        boolean everStarted = runs.values().stream().anyMatch(run -> run.isRunning() || run.hasEnded());
        return everStarted ? "Running" : "Pending";
    }

    private static List<PodCondition> conditions(Pod pod, Map<String, ContainerRun> runs, String phase, Instant now) {
        List<PodCondition> conditions = new ArrayList<>();
        for (PodCondition condition : pod.getStatus().getConditions()) {
            if (!OWN_CONDITIONS.contains(condition.getType())) {
                conditions.add(condition);
            }
        }
        boolean ready = runs.values().stream().allMatch(ContainerRun::isReady);
        String reason = ready ? "" : phase.equals("Succeeded") ? "PodCompleted" : "ContainersNotReady";
        conditions.add(condition(pod, "PodReadyToStartContainers", true, "", now));
        conditions.add(condition(pod, "Initialized", true, "", now));
        conditions.add(condition(pod, "ContainersReady", ready, reason, now));
        conditions.add(condition(pod, "Ready", ready, reason, now));
        return conditions;
    }

    /** The time of the last change stays as long as the value does. */
    private static PodCondition condition(Pod pod, String type, boolean value, String reason, Instant now) {
        String text = value ? "True" : "False";
        String changedAt = pod.getStatus().getConditions().stream()
                .filter(old -> old.getType().equals(type) && old.getStatus().equals(text))
                .map(PodCondition::getLastTransitionTime)
                .findFirst()
                .orElse(now.truncatedTo(ChronoUnit.SECONDS).toString());
        return new PodConditionBuilder()
                .withType(type)
                .withStatus(text)
                .withReason(reason.isEmpty() ? null : reason)
                .withLastTransitionTime(changedAt)
                .build();
    }
}
