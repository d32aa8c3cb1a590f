package io.tidegate.collector.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.contracts.policy.Inherited;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Merges what a policy says with what its profile says. The policy's own fields win, field by field; of fields that are maps, one level
 * deep.
 */
final class EffectiveSpecs {

    private static final String OBJECTIVE = "objective";
    private static final List<String> INHERITABLE = List.of("mode", "replicas", OBJECTIVE, "behavior", "fallback");
    /** What a Spark application inherits: sizes of other workloads, and how long their records may wait, say nothing of executors. */
    private static final List<String> INHERITABLE_BY_SPARK = List.of("mode", "behavior");

    private EffectiveSpecs() {}

    /**
     * A policy's rules after inheritance.
     *
     * @param spec the merged spec
     * @param inherited what came from the profile; absent if nothing did
     */
    record Merged(JsonNode spec, @Nullable Inherited inherited) {}

    /** Merges a policy's spec with the spec of a profile. */
    static Merged merge(ObjectNode own, String profile, JsonNode profileSpec) {
        ObjectNode merged = own.deepCopy();
        List<String> fields = new ArrayList<>();
        for (String field : own.hasNonNull("executors") ? INHERITABLE_BY_SPARK : INHERITABLE) {
            JsonNode theirs = profileSpec.path(field);
            if (theirs.isMissingNode() || theirs.isNull() || (field.equals(OBJECTIVE) && hasThresholds(own))) {
                continue;
            }
            inherit(merged, field, theirs, fields);
        }
        return new Merged(merged, fields.isEmpty() ? null : new Inherited(profile, fields));
    }

    private static void inherit(ObjectNode merged, String field, JsonNode theirs, List<String> fields) {
        JsonNode own = merged.path(field);
        boolean absent = own.isMissingNode() || own.isNull();
        if (!(theirs instanceof ObjectNode map)) {
            if (absent) {
                merged.set(field, theirs);
                fields.add(field);
            }
            return;
        }
        if (!absent && !own.isObject()) {
            return;
        }
        ObjectNode into = absent ? merged.putObject(field) : (ObjectNode) own;
        map.properties().forEach(entry -> {
            if (!into.hasNonNull(entry.getKey()) && fields.size() < Inherited.MAX_FIELDS) {
                into.set(entry.getKey(), entry.getValue());
                fields.add(field + "." + entry.getKey());
            }
        });
    }

    /** A policy that chose thresholds did not choose an objective, with which they would not be used. */
    private static boolean hasThresholds(ObjectNode own) {
        for (JsonNode signal : own.path("signals")) {
            if (signal.path("kafka").hasNonNull("lagThreshold")) {
                return !own.hasNonNull(OBJECTIVE);
            }
        }
        return false;
    }
}
