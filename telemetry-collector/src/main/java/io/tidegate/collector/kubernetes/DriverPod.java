package io.tidegate.collector.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.tidegate.contracts.spark.ExecutorsState;
import io.tidegate.contracts.spark.SparkRun;
import io.tidegate.contracts.wire.AnnotationCodec;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a Spark driver's pod is like, besides what all pods are.
 *
 * @param createdAt when it was created; the beginning of time if that can't be read
 * @param address its IP address; absent while it has none
 * @param port port of its user interface
 * @param answer what the plugin in it answers; absent if it has none
 * @param run what is said of its run
 */
record DriverPod(
        Instant createdAt,
        @Nullable String address,
        int port,
        @Nullable String answer,
        RunAnnotations run) {

    private static final List<String> READ =
            List.of(ExecutorsState.ANNOTATION, SparkRun.DEADLINE, SparkRun.OWNER, SparkRun.ID);

    private static final String PORT_NAME = "spark-ui";
    private static final int USUAL_PORT = 4040;
    private static final int FIRST_FREE_PORT = 1024;
    private static final int LAST_PORT = 65_535;

    static DriverPod of(GenericKubernetesResource pod) {
        Map<String, Object> properties = pod.getAdditionalProperties();
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        String answer = annotations == null ? null : annotations.get(ExecutorsState.ANNOTATION);
        return new DriverPod(
                createdAt(pod.getMetadata().getCreationTimestamp()),
                map(properties.get("status")).get("podIP") instanceof String address && !address.isEmpty()
                        ? address
                        : null,
                port(map(properties.get("spec")).get("containers")).orElse(USUAL_PORT),
                answer == null ? null : bounded(answer),
                RunAnnotations.of(annotations == null ? Map.of() : annotations));
    }

    /** Leaves of the annotations of a driver's pod what is read, and nothing of any other's. */
    static void trim(GenericKubernetesResource pod) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        if (annotations == null || !SparkLabels.isDriver(pod.getMetadata().getLabels())) {
            pod.getMetadata().setAnnotations(null);
        } else {
            annotations.keySet().retainAll(READ);
        }
    }

    /** One that is too long stays too long. */
    private static String bounded(String answer) {
        return answer.substring(0, Math.min(answer.length(), AnnotationCodec.MAX_STATE + 1));
    }

    private static Instant createdAt(@Nullable String time) {
        try {
            return time == null ? Instant.EPOCH : ApiTexts.time(time);
        } catch (IllegalArgumentException e) {
            return Instant.EPOCH;
        }
    }

    private static Optional<Integer> port(@Nullable Object containers) {
        return list(containers).stream()
                .flatMap(container -> list(map(container).get("ports")).stream())
                .map(DriverPod::map)
                .filter(port -> PORT_NAME.equals(port.get("name")))
                .map(port -> port.get("containerPort") instanceof Number number ? number.intValue() : 0)
                .filter(number -> number >= FIRST_FREE_PORT && number <= LAST_PORT)
                .findFirst();
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static Collection<?> list(@Nullable Object value) {
        return value instanceof Collection<?> list ? list : List.of();
    }
}
