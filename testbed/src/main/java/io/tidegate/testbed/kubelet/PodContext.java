package io.tidegate.testbed.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What all pods of a kubelet share.
 *
 * @param variables what every container of the node gets: where the API server is
 */
record PodContext(
        KubeletOptions options,
        PodApi api,
        LoopbackAddresses addresses,
        ReadyFiles readyFiles,
        Map<String, String> variables,
        ScheduledExecutorService scheduler) {
    private static final System.Logger LOG = System.getLogger(PodContext.class.getName());

    void later(Duration wait, Runnable action) {
        var unused = scheduler.schedule(action, wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Does what may fail without harm, since the next event repeats it or the object is going away. */
    void tryApi(String what, Runnable call) {
        try {
            call.run();
        } catch (KubernetesClientException e) {
            LOG.log(Level.WARNING, "Could not " + what, e);
        }
    }

    static boolean isFinished(Pod pod) {
        String phase = pod.getStatus().getPhase();
        return "Succeeded".equals(phase) || "Failed".equals(phase);
    }

    /** False after a resize that the status does not show yet. */
    static boolean showsSameResources(Pod pod) {
        for (ContainerStatus status : pod.getStatus().getContainerStatuses()) {
            for (Container container : pod.getSpec().getContainers()) {
                if (container.getName().equals(status.getName())
                        && status.getResources() != null
                        && !Objects.equals(container.getResources(), status.getResources())) {
                    return false;
                }
            }
        }
        return true;
    }
}
