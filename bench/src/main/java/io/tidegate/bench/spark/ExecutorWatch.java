package io.tidegate.bench.spark;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Follows the executor pods of a namespace, as the API server tells of them. */
final class ExecutorWatch implements AutoCloseable, ResourceEventHandler<Pod> {
    private static final String APPLICATION = "spark-app-selector";

    private final Map<String, ExecutorTimes> applications = new ConcurrentHashMap<>();
    private final SharedIndexInformer<Pod> informer;

    ExecutorWatch(KubernetesClient client, String namespace) {
        informer = client.pods()
                .inNamespace(namespace)
                .withLabel("spark-role", "executor")
                .inform(this);
    }

    /** Times of the executors of an application. */
    ExecutorTimes of(String application) {
        return applications.computeIfAbsent(application, id -> new ExecutorTimes());
    }

    private ExecutorTimes of(Pod pod) {
        return of(String.valueOf(pod.getMetadata().getLabels().get(APPLICATION)));
    }

    @Override
    public void onAdd(Pod pod) {
        of(pod).phase(pod.getMetadata().getUid(), pod.getStatus().getPhase(), System.nanoTime());
    }

    @Override
    public void onUpdate(Pod before, Pod pod) {
        onAdd(pod);
    }

    @Override
    public void onDelete(Pod pod, boolean finalStateUnknown) {
        of(pod).gone(pod.getMetadata().getUid(), System.nanoTime());
    }

    @Override
    public void close() {
        informer.close();
    }
}
