package io.tidegate.it.spark;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How the container of a pod ends, which must be seen while it happens: the pod does not stay. */
final class ExitCode implements Watcher<Pod>, AutoCloseable {
    private final CompletableFuture<Integer> code = new CompletableFuture<>();
    private final Watch watch;

    private ExitCode(KubernetesClient client, Pod pod) {
        this.watch = client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .watch(this);
    }

    static ExitCode follow(KubernetesClient client, Pod pod) {
        return new ExitCode(client, pod);
    }

    int await(Duration atMost) throws ExecutionException, InterruptedException, TimeoutException {
        return code.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void eventReceived(Action action, Pod pod) {
        pod.getStatus().getContainerStatuses().stream()
                .map(status -> status.getState())
                .map(ContainerState::getTerminated)
                .filter(end -> end != null)
                .forEach(end -> code.complete(end.getExitCode()));
    }

    @Override
    public void onClose(WatcherException cause) {
        code.completeExceptionally(cause);
    }

    @Override
    public void close() {
        watch.close();
    }
}
