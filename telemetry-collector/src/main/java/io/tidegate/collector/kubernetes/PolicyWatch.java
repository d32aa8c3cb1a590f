package io.tidegate.collector.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.tidegate.collector.kubernetes.Specs.RefusedSpecException;
import io.tidegate.collector.world.ClusterListener;
import io.tidegate.collector.world.ConnectionId;
import io.tidegate.contracts.id.PolicyId;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Watches ScalingPolicies and Connections. */
final class PolicyWatch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(PolicyWatch.class);
    private static final String API_VERSION = "tidegate.io/v1alpha1";

    private final ObjectWatch<GenericKubernetesResource> policies;
    private final ObjectWatch<GenericKubernetesResource> connections;
    /** Resource version of each spec that was refused, so that each is told once. */
    private final Map<String, String> refused = new ConcurrentHashMap<>();

    private final String cluster;
    private final ClusterListener listener;
    private final InstantSource clock;

    PolicyWatch(KindWatch.Access access, String cluster, ClusterListener listener, InstantSource clock) {
        this.cluster = cluster;
        this.listener = listener;
        this.clock = clock;
        this.policies = new ObjectWatch<>(
                "scalingpolicies",
                access.scope().lists(access.client(), API_VERSION, "ScalingPolicy", "scalingpolicies"),
                PolicyWatch::trim,
                new Policies(),
                access.outages());
        this.connections = new ObjectWatch<>(
                "connections",
                access.scope().lists(access.client(), API_VERSION, "Connection", "connections"),
                PolicyWatch::trim,
                new Connections(),
                access.outages());
        var unused = policies.listed().runAfterBoth(connections.listed(), listener::listed);
    }

    /** Notices that the API server answers again. */
    void check() {
        policies.check();
        connections.check();
    }

    @Override
    public void close() {
        policies.close();
        connections.close();
    }

    private static void trim(GenericKubernetesResource resource) {
        resource.getMetadata().setManagedFields(null);
        resource.getAdditionalProperties().remove("status");
    }

    private static ConnectionId connectionId(GenericKubernetesResource resource) {
        return new ConnectionId(
                resource.getMetadata().getNamespace(), resource.getMetadata().getName());
    }

    private boolean isNew(String key, GenericKubernetesResource resource) {
        String generation = Objects.toString(resource.getMetadata().getUid()) + "/"
                + Objects.toString(resource.getMetadata().getGeneration());
        return !generation.equals(refused.put(key, generation));
    }

    private final class Policies implements ObjectWatch.Handler<GenericKubernetesResource> {
        @Override
        public void changed(GenericKubernetesResource resource) {
            String key = Specs.policyId(cluster, resource).toString();
            try {
                listener.policy(Specs.policy(cluster, resource), clock.instant());
                refused.remove(key);
            } catch (RefusedSpecException e) {
                if (isNew(key, resource)) {
                    listener.policyRefused(Specs.policyId(cluster, resource), Objects.toString(e.getMessage()));
                }
            }
        }

        @Override
        public void gone(GenericKubernetesResource resource) {
            PolicyId id = Specs.policyId(cluster, resource);
            refused.remove(id.toString());
            listener.policyGone(id);
        }
    }

    private final class Connections implements ObjectWatch.Handler<GenericKubernetesResource> {
        @Override
        public void changed(GenericKubernetesResource resource) {
            ConnectionId id = connectionId(resource);
            try {
                listener.connection(id, Specs.connection(resource));
                refused.remove(id.toString());
            } catch (RefusedSpecException e) {
                if (isNew(id.toString(), resource)) {
                    LOG.warnf(
                            "the spec of Connection %s/%s can't be used: %s",
                            id.namespace(), id.name(), e.getMessage());
                }
            }
        }

        @Override
        public void gone(GenericKubernetesResource resource) {
            ConnectionId id = connectionId(resource);
            refused.remove(id.toString());
            listener.connectionGone(id);
        }
    }
}
