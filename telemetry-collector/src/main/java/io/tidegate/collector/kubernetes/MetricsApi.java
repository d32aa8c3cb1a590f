package io.tidegate.collector.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidegate.contracts.wire.Excerpt;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the metrics API, all pods of a namespace at once; blocks. */
final class MetricsApi {

    private static final int MOST_WORDS = 300;
    private static final int SERVER_ERROR = 500;

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final KubernetesClient client;

    MetricsApi(KubernetesClient client) {
        this.client = client;
    }

    /** What is known of the usage of a namespace's pods. */
    sealed interface Usage {

        /**
         * It was read.
         *
         * @param pods usage by name of the pod
         * @param broken for each pod whose usage can't be used, why
         */
        record Known(Map<String, PodUsage> pods, Map<String, String> broken) implements Usage {
            public Known {
                pods = Map.copyOf(pods);
                broken = Map.copyOf(broken);
            }
        }

        /** It could not be read. */
        record Unknown(String words) implements Usage {}
    }

    /** Reads the usage of all pods of a namespace; never fails otherwise than by its answer. */
    Usage read(String namespace) {
        try {
            @Nullable String json = client.raw("/apis/metrics.k8s.io/v1beta1/namespaces/" + namespace + "/pods");
            return json == null
                    ? new Usage.Unknown("the cluster has no metrics API (metrics.k8s.io/v1beta1)")
                    : parse(json);
        } catch (KubernetesClientException e) {
            return new Usage.Unknown("the metrics API can't be read: " + words(e));
        }
    }

    /** Reads a list of PodMetrics; one that is bad costs its own pod only. */
    Usage parse(String json) {
        JsonNode items;
        try {
            items = mapper.readTree(json).path("items");
        } catch (JsonProcessingException e) {
            return new Usage.Unknown("the metrics API gave no JSON");
        }
        if (!items.isArray()) {
            return new Usage.Unknown("the metrics API gave no list");
        }
        Map<String, PodUsage> pods = new HashMap<>();
        Map<String, String> broken = new HashMap<>();
        for (JsonNode item : items) {
            String pod = item.path("metadata").path("name").asText();
            try {
                pods.put(pod, PodUsage.of(item));
            } catch (IllegalArgumentException e) {
                broken.put(pod, cut(Objects.toString(e.getMessage())));
            }
        }
        return new Usage.Known(pods, broken);
    }

    /**
     * Why nothing was read, in words that stay the same for as long as the reason does: what is said of a connection that broke
     * holds the port that it had.
     */
    static String words(KubernetesClientException failure) {
        int code = failure.getCode();
        if (code <= 0) {
            return "the API server does not answer";
        }
        @Nullable Status status = failure.getStatus();
        @Nullable String message = status == null ? null : status.getMessage();
        return "the API server answers with status " + code
                + (code >= SERVER_ERROR || message == null || message.isBlank() ? "" : ": " + cut(message));
    }

    private static String cut(String words) {
        return Excerpt.line(words, MOST_WORDS);
    }
}
