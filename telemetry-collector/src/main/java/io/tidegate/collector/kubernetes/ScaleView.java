package io.tidegate.collector.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a scale subresource says.
 *
 * @param replicas spec.replicas
 * @param statusReplicas status.replicas
 * @param pods which pods are the target's
 */
record ScaleView(int replicas, int statusReplicas, LabelQuery pods) {

    private static final String STATEFUL_SET = "StatefulSet";
    /** Label that the controller puts on each pod of a StatefulSet: the pod's name, which is the set's with a number. */
    private static final String POD_NAME = "statefulset.kubernetes.io/pod-name";

    private static final Set<String> SAME_IN_OBJECT = Set.of("Deployment", "ReplicaSet", STATEFUL_SET);

    /** Whether objects of this kind say the same as their scale subresource, so that a request is saved. */
    static boolean isInObject(String apiVersion, String kind) {
        return apiVersion.equals("apps/v1") && SAME_IN_OBJECT.contains(kind);
    }

    /**
     * Reads an object of such a kind. Sets whose selectors overlap, as those of the workers of two Spark clusters do, have their own
     * pods all the same.
     *
     * @throws IllegalArgumentException if its selector can't be read
     */
    static ScaleView ofObject(String kind, GenericKubernetesResource object) {
        Map<?, ?> spec = map(object.getAdditionalProperties().get("spec"));
        Map<?, ?> status = map(object.getAdditionalProperties().get("status"));
        LabelQuery pods = LabelQuery.of(spec.get("selector"));
        return new ScaleView(
                number(spec.get("replicas"), 1),
                number(status.get("replicas"), 0),
                kind.equals(STATEFUL_SET)
                        ? pods.and(new LabelQuery.Numbered(
                                POD_NAME, object.getMetadata().getName()))
                        : pods);
    }

    /**
     * Reads a scale subresource.
     *
     * @throws IllegalArgumentException if its selector can't be read
     */
    static ScaleView ofScale(Scale scale) {
        @Nullable
        Integer replicas = scale.getSpec() == null ? null : scale.getSpec().getReplicas();
        @Nullable
        Integer statusReplicas =
                scale.getStatus() == null ? null : scale.getStatus().getReplicas();
        @Nullable
        String selector = scale.getStatus() == null ? null : scale.getStatus().getSelector();
        return new ScaleView(
                number(replicas, 0),
                number(statusReplicas, 0),
                selector == null ? LabelQuery.NOTHING : LabelQuery.parse(selector));
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static int number(@Nullable Object value, int absent) {
        return value instanceof Number number ? Math.max(0, number.intValue()) : absent;
    }
}
