package io.tidegate.collector.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidegate.collector.health.Outages;
import io.tidegate.collector.loop.EventLoop;
import io.tidegate.contracts.fact.WorkloadFact.ScaleResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Finds where the objects of a kind are, again and again until it is there, and then watches all of them. */
final class KindWatch implements AutoCloseable {

    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);

    private final String apiVersion;
    private final String kind;
    private final Use use;
    private final Listener listener;
    private final Access access;
    private @Nullable ScaleResource resource;
    private @Nullable ObjectWatch<GenericKubernetesResource> objects;
    private boolean listed;
    private boolean missing;
    private boolean closed;

    /** Is told on the loop. */
    interface Listener {

        /** Whether the kind can be scaled, or whether its objects are listed, has changed. */
        void changed(KindWatch kind);

        /** An object of the kind is there, or has changed. */
        void changed(KindWatch kind, GenericKubernetesResource object);

        /** An object of the kind is there no longer. */
        void gone(KindWatch kind, String namespace, String name);
    }

    /**
     * How the API server is reached.
     *
     * @param blocking runs what blocks
     */
    record Access(
            KubernetesClient client, Scope scope, ScaleApi api, EventLoop loop, Executor blocking, Outages outages) {}

    /** What the objects of a kind are watched for. */
    enum Use {
        /** Their size; the kind must have a scale subresource. */
        SIZES {
            @Override
            Optional<ScaleResource> find(ScaleApi api, String apiVersion, String kind) {
                return api.find(apiVersion, kind);
            }

            @Override
            void trim(GenericKubernetesResource object) {
                for (String part : List.of("spec", "status")) {
                    if (object.getAdditionalProperties().get(part) instanceof Map<?, ?> map) {
                        map.keySet().retainAll(List.of("replicas", "selector"));
                    }
                }
            }
        },
        /** The runs of Spark applications. */
        RUNS {
            @Override
            Optional<ScaleResource> find(ScaleApi api, String apiVersion, String kind) {
                return api.findObjects(apiVersion, kind);
            }

            @Override
            void trim(GenericKubernetesResource object) {
                RunObject.trim(object);
            }
        };

        /** Where the objects are; blocks. */
        abstract Optional<ScaleResource> find(ScaleApi api, String apiVersion, String kind);

        /** Keeps what is read of an object. */
        abstract void trim(GenericKubernetesResource object);
    }

    KindWatch(String apiVersion, String kind, Use use, Access access, Listener listener) {
        this.apiVersion = apiVersion;
        this.kind = kind;
        this.use = use;
        this.access = access;
        this.listener = listener;
    }

    String apiVersion() {
        return apiVersion;
    }

    String kind() {
        return kind;
    }

    /** Where the objects are, once found. */
    Optional<ScaleResource> resource() {
        return Optional.ofNullable(resource);
    }

    /** Whether all objects there are have been told. */
    boolean isListed() {
        return listed;
    }

    /** Whether the API server says that there is no such kind, or nothing to scale in it. */
    boolean isMissing() {
        return missing;
    }

    void find() {
        if (closed) {
            return;
        }
        access.blocking().execute(() -> {
            try {
                Optional<ScaleResource> found = use.find(access.api(), apiVersion, kind);
                access.outages().end("kubernetes discovery");
                access.loop().execute(() -> found.ifPresentOrElse(this::watch, this::notFound));
            } catch (KubernetesClientException e) {
                access.outages().begin("kubernetes discovery", Objects.toString(e.getMessage()));
                access.loop().after(ASK_AGAIN, this::find);
            }
        });
    }

    /** Notices that the API server answers again. */
    void check() {
        if (objects != null) {
            objects.check();
        }
    }

    @Override
    public void close() {
        closed = true;
        if (objects != null) {
            objects.close();
        }
    }

    private void notFound() {
        missing = true;
        listener.changed(this);
        access.loop().after(ASK_AGAIN, this::find);
    }

    private void watch(ScaleResource found) {
        if (closed || objects != null) {
            return;
        }
        missing = false;
        resource = found;
        ObjectWatch<GenericKubernetesResource> watch = new ObjectWatch<>(
                found.plural(),
                access.scope().lists(access.client(), apiVersion, kind, found.plural()),
                this::trim,
                new ObjectEvents(),
                access.outages());
        objects = watch;
        var unused = watch.listed()
                .thenRun(() -> access.loop().execute(() -> {
                    listed = true;
                    listener.changed(this);
                }));
    }

    private void trim(GenericKubernetesResource object) {
        object.getMetadata().setManagedFields(null);
        object.getMetadata().setAnnotations(null);
        use.trim(object);
    }

    private final class ObjectEvents implements ObjectWatch.Handler<GenericKubernetesResource> {
        @Override
        public void changed(GenericKubernetesResource object) {
            access.loop().execute(() -> listener.changed(KindWatch.this, object));
        }

        @Override
        public void gone(GenericKubernetesResource object) {
            access.loop()
                    .execute(() -> listener.gone(
                            KindWatch.this,
                            object.getMetadata().getNamespace(),
                            object.getMetadata().getName()));
        }
    }
}
