package io.tidegate.testbed.demo;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Tells how many replicas of a Deployment are ready, whenever that changes. */
final class ReadyWatch implements AutoCloseable {

    private final Watch watch;

    ReadyWatch(KubernetesClient client, String namespace, String name, IntConsumer ready) {
        watch = client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(name)
                .watch(new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, Deployment deployment) {
                        Integer replicas = deployment.getStatus() == null
                                ? null
                                : deployment.getStatus().getReadyReplicas();
                        ready.accept(replicas == null ? 0 : replicas);
                    }

                    @Override
                    public void onClose(@Nullable WatcherException cause) {
                        if (cause != null) {
                            System.getLogger(ReadyWatch.class.getName())
                                    .log(System.Logger.Level.WARNING, "The watch of ready replicas ended.", cause);
                        }
                    }
                });
    }

    @Override
    public void close() {
        watch.close();
    }
}
