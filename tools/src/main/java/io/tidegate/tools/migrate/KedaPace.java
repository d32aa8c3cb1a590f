package io.tidegate.tools.migrate;

import io.tidegate.tools.manifest.Manifest;
import io.tidegate.tools.manifest.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How fast a workload of KEDA follows: by the HorizontalPodAutoscaler that KEDA makes, and from 1 to 0 after the cooldown period. A policy has one downward window
 * for both.
 */
final class KedaPace {

    private static final String ANNOTATION = "autoscaling.keda.sh/paused-scale-";
    private static final String CONFIG = "spec.advanced.horizontalPodAutoscalerConfig";
    private static final long DEFAULT_WINDOW_SECONDS = 300;

    private KedaPace() {}

    /** The behavior is always written, for without one the policies' own pace would count. */
    static void apply(Manifest source, PolicyDraft draft, Notes notes) {
        Value.Mapping spec = source.content().mapping("spec");
        Value.Mapping config = spec.mapping("advanced", "horizontalPodAutoscalerConfig");
        Map<String, Object> rules =
                new LinkedHashMap<>(BehaviorImport.read(config.mapping("behavior"), CONFIG + ".behavior", notes));
        notes.unknown(config, CONFIG, Set.of("behavior", "name"));
        Map<String, Object> down = direction(rules, "scaleDown");
        long window = down.get("stabilizationWindowSeconds") instanceof Number given
                ? given.longValue()
                : DEFAULT_WINDOW_SECONDS;
        long cooldown = Numbers.whole(spec.at("cooldownPeriod"), DEFAULT_WINDOW_SECONDS);
        if (draft.min() == 0 && cooldown != window) {
            long both = Math.clamp(Math.max(window, cooldown), 0, 3600);
            notes.add(
                    "spec.cooldownPeriod",
                    "of " + cooldown
                            + " s has no field of its own: the downward window holds the last replica, too. It is "
                            + both + " s, the longer of the two (the other was " + Math.min(window, cooldown) + " s).");
            window = both;
        }
        down.put("stabilizationWindowSeconds", window);
        pauses(source, rules, down);
        rules.put("scaleDown", down);
        draft.behavior(rules);
    }

    private static void pauses(Manifest source, Map<String, Object> rules, Map<String, Object> down) {
        Value.Mapping annotations = source.content().mapping("metadata", "annotations");
        if (annotations.text(ANNOTATION + "in").equals("true")) {
            down.put("selectPolicy", "Disabled");
        }
        if (annotations.text(ANNOTATION + "out").equals("true")) {
            Map<String, Object> up = direction(rules, "scaleUp");
            up.put("selectPolicy", "Disabled");
            rules.put("scaleUp", up);
        }
    }

    private static Map<String, Object> direction(Map<String, Object> rules, String name) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (rules.get(name) instanceof Map<?, ?> its) {
            its.forEach((key, value) -> fields.put(String.valueOf(key), value));
        }
        return fields;
    }
}
