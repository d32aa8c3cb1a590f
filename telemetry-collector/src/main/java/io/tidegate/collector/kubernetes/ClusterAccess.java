package io.tidegate.collector.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.collector.health.Outages;
import io.tidegate.collector.loop.Surroundings;
import io.tidegate.collector.sender.KeySource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Opens the watch of the cluster that the configured client talks to. */
@Singleton
public final class ClusterAccess {

    private final KubernetesClient client;

    @Inject
    public ClusterAccess(KubernetesClient client) {
        this.client = client;
    }

    /** Where the API server publishes the keys by which it signs tokens. */
    public KeySource signingKeys() {
        return new ApiServerKeys(client);
    }

    /** A watch, not started yet. */
    public ClusterWatch open(ClusterWatch.Settings settings, Surroundings surroundings, Outages outages) {
        return new ClusterWatch(client, settings, surroundings, outages);
    }
}
