package io.tidegate.spark.kubernetes;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.tidegate.spark.scale.Answer;
import io.tidegate.spark.scale.DesiredState;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the annotations of the driver's own pod. The pod is watched, and read besides each few seconds: a watch
 * that says nothing may have been lost.
 */
public final class DriverPodChannel {
    private static final Duration READ_EACH = Duration.ofSeconds(5);
    private static final Duration WRITE_EACH = Duration.ofSeconds(1);
    private static final JsonMapper MAPPER = new JsonMapper();

    /** Hears what the pod says. */
    public interface Listener {
        /** The pod was read; the annotation is null if there is none. May come from several threads. */
        void read(@Nullable String desired);
    }

    private record Words(String json, boolean urgent) {}

    private final KubernetesClient client;
    private final String namespace;
    private final String pod;
    private final Listener listener;
    private final AtomicReference<@Nullable Words> answer = new AtomicReference<>();
    private volatile boolean watching;
    private @Nullable Watch watch;
    private @Nullable String written;
    private long lastRead;
    private long lastWrite;

    public DriverPodChannel(KubernetesClient client, String namespace, String pod, Listener listener) {
        this.client = client;
        this.namespace = namespace;
        this.pod = pod;
        this.listener = listener;
        long longAgo = System.nanoTime() - READ_EACH.toNanos();
        lastRead = longAgo;
        lastWrite = longAgo;
    }

    /**
     * Sets what is to be answered. It is written when it differs from the last, an urgent one at once, others at most once
     * a second.
     */
    public void answer(String json, boolean urgent) {
        answer.updateAndGet(before -> new Words(json, urgent || (before != null && before.urgent())));
    }

    /**
     * Does what is due. May block as long as the client retries.
     *
     * @throws KubernetesClientException if the API server refuses or cannot be reached
     */
    public void run(long nowNanos) {
        if (!watching || nowNanos - lastRead >= READ_EACH.toNanos()) {
            // Also before a read that fails: the next one is due later.
            lastRead = nowNanos;
            listener.read(desired(resource().get()));
            watch();
        }
        write(nowNanos);
    }

    private void watch() {
        if (watching) {
            return;
        }
        if (watch != null) {
            watch.close();
        }
        watching = true;
        try {
            watch = resource().watch(new PodWatcher());
        } catch (KubernetesClientException e) {
            watching = false;
            throw e;
        }
    }

    private void write(long nowNanos) {
        Words words = answer.getAndSet(null);
        if (words == null || words.json().equals(written)) {
            return;
        }
        if (!words.urgent() && nowNanos - lastWrite < WRITE_EACH.toNanos()) {
            answer.compareAndSet(null, words);
            return;
        }
        lastWrite = nowNanos;
        try {
            resource().patch(PatchContext.of(PatchType.JSON_MERGE), patch(words.json()));
            written = words.json();
        } catch (KubernetesClientException e) {
            answer.compareAndSet(null, new Words(words.json(), false));
            throw e;
        }
    }

    private static String patch(String answer) {
        ObjectNode patch = MAPPER.createObjectNode();
        patch.putObject("metadata").putObject("annotations").put(Answer.ANNOTATION, answer);
        return patch.toString();
    }

    private PodResource resource() {
        return client.pods().inNamespace(namespace).withName(pod);
    }

    private static @Nullable String desired(@Nullable Pod pod) {
        if (pod == null) {
            return null;
        }
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(DesiredState.ANNOTATION);
    }

    private final class PodWatcher implements Watcher<Pod> {
        @Override
        public void eventReceived(Action action, Pod seen) {
            if (action == Action.ADDED || action == Action.MODIFIED) {
                listener.read(desired(seen));
            }
        }

        @Override
        public void onClose(WatcherException cause) {
            watching = false;
        }
    }
}
