package io.tidegate.collector.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.tidegate.collector.health.Outages;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Watches all objects of one kind in some namespaces, until closed, through any outage of the API server. */
final class ObjectWatch<T extends HasMetadata> implements AutoCloseable {

    private final List<SharedIndexInformer<T>> informers = new ArrayList<>();
    private final String part;
    private final Outages outages;
    private final CompletionStage<Void> listed;

    /** Is told of objects, from several threads. */
    interface Handler<T> {

        /** An object is there, or has changed; told at least once for each change. */
        void changed(T object);

        /** An object is there no longer. */
        void gone(T object);
    }

    /**
     * @param what names the kind in outages
     * @param lists what is listed and watched, one entry a namespace
     * @param trim removes what need not be kept in memory, in place
     */
    ObjectWatch(String what, List<Informable<T>> lists, Consumer<T> trim, Handler<T> handler, Outages outages) {
        this.part = "kubernetes " + what;
        this.outages = outages;
        List<CompletableFuture<?>> starts = new ArrayList<>();
        for (Informable<T> list : lists) {
            SharedIndexInformer<T> informer = list.runnableInformer(0)
                    .itemStore(new TrimmedStore<>(trim))
                    .exceptionHandler((started, failure) -> {
                        outages.begin(part, words(failure));
                        return true;
                    })
                    .addEventHandler(new Events<>(handler));
            informers.add(informer);
            starts.add(informer.start().toCompletableFuture());
        }
        listed = CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new))
                .thenRun(() -> {
                    outages.end("kubernetes " + what);
                    // Events of the list may still be on their way; what they will tell is told here already.
                    informers.forEach(informer -> informer.getStore().list().forEach(handler::changed));
                });
    }

    /** Completes when all objects there are have been told. */
    CompletionStage<Void> listed() {
        return listed;
    }

    /** Notices that the API server answers again; after an outage without changes nothing else tells. */
    void check() {
        if (informers.stream().allMatch(SharedIndexInformer::isWatching)) {
            outages.end(part);
        }
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::stop);
        outages.end(part);
    }

    private static String words(Throwable failure) {
        @Nullable Throwable cause = failure.getCause();
        return failure.getMessage() + (cause == null ? "" : ": " + cause.getMessage());
    }

    private static final class TrimmedStore<T extends HasMetadata> extends BasicItemStore<T> {
        private final Consumer<T> trim;

        TrimmedStore(Consumer<T> trim) {
            super(Cache::metaNamespaceKeyFunc);
            this.trim = trim;
        }

        @Override
        public T put(String key, T object) {
            trim.accept(object);
            return super.put(key, object);
        }
    }

    private record Events<T>(Handler<T> handler) implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T object) {
            handler.changed(object);
        }

        @Override
        public void onUpdate(T before, T object) {
            handler.changed(object);
        }

        @Override
        public void onDelete(T object, boolean unknown) {
            handler.gone(object);
        }
    }
}
