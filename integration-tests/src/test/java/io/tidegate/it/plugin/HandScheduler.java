package io.tidegate.it.plugin;

import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.HashSet;
import java.util.Set;

/** Puts the first pods that ask for it on a process node, where they run, and all others on a simulated one, where nothing runs in them. */
final class HandScheduler implements Watcher<Pod>, AutoCloseable {
    /** For {@code spark.kubernetes.executor.scheduler.name}. */
    static final String NAME = "by-hand";

    private static final String SIMULATED = "simulated-0";

    private final KubernetesClient client;
    private final String node;
    private final Set<String> bound = new HashSet<>();
    private final Watch watch;
    private int left;

    /**
     * Schedules until it is closed.
     *
     * @param node a process node
     * @param real how many pods it gets
     */
    HandScheduler(KubernetesClient client, String namespace, String node, int real) {
        this.client = client;
        this.node = node;
        this.left = real;
        watch = client.pods().inNamespace(namespace).watch(this);
    }

    @Override
    public synchronized void eventReceived(Action action, Pod pod) {
        if (action != Action.ADDED
                || !NAME.equals(pod.getSpec().getSchedulerName())
                || pod.getSpec().getNodeName() != null
                || !bound.add(pod.getMetadata().getUid())) {
            return;
        }
        String target = left-- > 0 ? node : SIMULATED;
        try {
            client.bindings()
                    .inNamespace(pod.getMetadata().getNamespace())
                    .resource(new BindingBuilder()
                            .withNewMetadata()
                            .withName(pod.getMetadata().getName())
                            .endMetadata()
                            .withNewTarget()
                            .withKind("Node")
                            .withName(target)
                            .endTarget()
                            .build())
                    .create();
        } catch (KubernetesClientException e) {
            bound.remove(pod.getMetadata().getUid());
        }
    }

    /** How many pods it was given. */
    synchronized int bound() {
        return bound.size();
    }

    @Override
    public void onClose(WatcherException cause) {
        throw new IllegalStateException("the watch of pods was lost", cause);
    }

    @Override
    public void close() {
        watch.close();
    }
}
