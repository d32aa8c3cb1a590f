package io.tidegate.collector.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.tidegate.collector.kubernetes.Specs.RefusedSpecException;
import io.tidegate.collector.world.ClusterListener;
import io.tidegate.collector.world.ConnectionId;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Watches ScalingPolicies, the ScalingProfiles that they inherit from, namespaces, and Connections. */
final class PolicyWatch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(PolicyWatch.class);
    private static final String API_VERSION = "tidegate.io/v1alpha1";

    private final ObjectWatch<GenericKubernetesResource> policies;
    private final ObjectWatch<GenericKubernetesResource> profiles;
    private final ObjectWatch<GenericKubernetesResource> namespaces;
    private final ObjectWatch<GenericKubernetesResource> connections;
    /** Generation of each Connection that was refused, so that each is told once. */
    private final Map<ConnectionId, String> refused = new ConcurrentHashMap<>();

    private final ClusterListener listener;
    private final Inheritance inheritance;

    PolicyWatch(KindWatch.Access access, String cluster, ClusterListener listener, InstantSource clock) {
        this.listener = listener;
        this.inheritance = new Inheritance(cluster, listener, clock);
        this.policies = new ObjectWatch<>(
                "scalingpolicies",
                access.scope().lists(access.client(), API_VERSION, "ScalingPolicy", "scalingpolicies"),
                PolicyWatch::trim,
                new Policies(),
                access.outages());
        this.profiles = new ObjectWatch<>(
                "scalingprofiles",
                Scope.listsOfCluster(access.client(), API_VERSION, "ScalingProfile", "scalingprofiles"),
                PolicyWatch::trim,
                new Profiles(),
                access.outages());
        this.namespaces = new ObjectWatch<>(
                "namespaces",
                Scope.listsOfCluster(access.client(), "v1", "Namespace", "namespaces"),
                PolicyWatch::trimNamespace,
                new Namespaces(),
                access.outages());
        this.connections = new ObjectWatch<>(
                "connections",
                access.scope().lists(access.client(), API_VERSION, "Connection", "connections"),
                PolicyWatch::trim,
                new Connections(),
                access.outages());
        var unused = CompletableFuture.allOf(all().stream()
                        .map(watch -> watch.listed().toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                .thenRun(inheritance::listed);
    }

    /** Notices that the API server answers again. */
    void check() {
        all().forEach(ObjectWatch::check);
    }

    @Override
    public void close() {
        all().forEach(ObjectWatch::close);
    }

    private List<ObjectWatch<GenericKubernetesResource>> all() {
        return List.of(policies, profiles, namespaces, connections);
    }

    private static void trim(GenericKubernetesResource resource) {
        resource.getMetadata().setManagedFields(null);
        resource.getAdditionalProperties().remove("status");
    }

    private static void trimNamespace(GenericKubernetesResource namespace) {
        trim(namespace);
        namespace.getMetadata().setLabels(null);
        namespace.getAdditionalProperties().remove("spec");
        Map<String, String> annotations = namespace.getMetadata().getAnnotations();
        if (annotations != null) {
            annotations.keySet().retainAll(List.of(Inheritance.ANNOTATION));
        }
    }

    private static ConnectionId connectionId(GenericKubernetesResource resource) {
        return new ConnectionId(
                resource.getMetadata().getNamespace(), resource.getMetadata().getName());
    }

    private boolean isNew(ConnectionId key, GenericKubernetesResource resource) {
        String generation = Objects.toString(resource.getMetadata().getUid()) + "/"
                + Objects.toString(resource.getMetadata().getGeneration());
        return !generation.equals(refused.put(key, generation));
    }

    private final class Policies implements ObjectWatch.Handler<GenericKubernetesResource> {
        @Override
        public void changed(GenericKubernetesResource policy) {
            inheritance.policy(policy);
        }

        @Override
        public void gone(GenericKubernetesResource policy) {
            inheritance.policyGone(policy);
        }
    }

    private final class Profiles implements ObjectWatch.Handler<GenericKubernetesResource> {
        @Override
        public void changed(GenericKubernetesResource profile) {
            inheritance.profile(profile);
        }

        @Override
        public void gone(GenericKubernetesResource profile) {
            inheritance.profileGone(profile.getMetadata().getName());
        }
    }

    private final class Namespaces implements ObjectWatch.Handler<GenericKubernetesResource> {
        @Override
        public void changed(GenericKubernetesResource namespace) {
            @Nullable Map<String, String> annotations = namespace.getMetadata().getAnnotations();
            String profile = annotations == null ? "" : annotations.getOrDefault(Inheritance.ANNOTATION, "");
            inheritance.namespace(namespace.getMetadata().getName(), profile.isBlank() ? null : profile);
        }

        @Override
        public void gone(GenericKubernetesResource namespace) {
            inheritance.namespace(namespace.getMetadata().getName(), null);
        }
    }

    private final class Connections implements ObjectWatch.Handler<GenericKubernetesResource> {
        @Override
        public void changed(GenericKubernetesResource resource) {
            ConnectionId id = connectionId(resource);
            try {
                listener.connection(id, Specs.connection(resource));
                refused.remove(id);
            } catch (RefusedSpecException e) {
                if (isNew(id, resource)) {
                    LOG.warnf(
                            "the spec of Connection %s/%s can't be used: %s",
                            id.namespace(), id.name(), e.getMessage());
                }
            }
        }

        @Override
        public void gone(GenericKubernetesResource resource) {
            ConnectionId id = connectionId(resource);
            refused.remove(id);
            listener.connectionGone(id);
        }
    }
}
