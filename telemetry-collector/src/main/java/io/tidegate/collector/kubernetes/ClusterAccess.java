package io.tidegate.collector.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.collector.health.Outages;
import io.tidegate.collector.loop.EventLoop;
import io.tidegate.collector.metrics.CollectorMetrics;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Opens the watch of the cluster that the configured client talks to. */
@Singleton
public final class ClusterAccess {

    private final KubernetesClient client;
    private final CollectorMetrics metrics;

    @Inject
    public ClusterAccess(KubernetesClient client, CollectorMetrics metrics) {
        this.client = client;
        this.metrics = metrics;
    }

    /** A watch, not started yet. */
    public ClusterWatch open(ClusterWatch.Settings settings, EventLoop loop, InstantSource clock, Outages outages) {
        return new ClusterWatch(client, settings, loop, clock, outages, metrics);
    }
}
