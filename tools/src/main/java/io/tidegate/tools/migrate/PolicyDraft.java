package io.tidegate.tools.migrate;

import io.tidegate.tools.manifest.Manifest;
import io.tidegate.tools.manifest.Value;
import io.tidegate.tools.schema.CustomResources;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A policy in the making: its parts in the order in which people write them. */
final class PolicyDraft {

    static final String API = CustomResources.GROUP + "/v1alpha1";

    private static final int LONGEST_NAME = 63;

    private final Manifest source;
    private final Map<String, Object> target = new LinkedHashMap<>();
    private final List<Map<String, Object>> signals = new ArrayList<>();
    private final List<String> waking = new ArrayList<>();
    private final Set<String> names = new HashSet<>(Set.of("usage", "spark"));
    private String mode;
    private long min;
    private long max;
    private String formula = "";
    private Map<String, Object> behavior = Map.of();
    private Map<String, Object> fallback = Map.of();

    PolicyDraft(Manifest source, String mode) {
        this.source = source;
        this.mode = mode;
    }

    void target(Value reference, String apiVersion, String kind) {
        String version = reference.text("apiVersion");
        String its = reference.text("kind");
        target.put("apiVersion", version.isEmpty() ? apiVersion : version);
        target.put("kind", its.isEmpty() ? kind : its);
        target.put("name", reference.text("name"));
    }

    void mode(String other) {
        mode = other;
    }

    void bounds(long fewest, long most) {
        min = fewest;
        max = most;
    }

    long min() {
        return min;
    }

    long max() {
        return max;
    }

    void formula(String text) {
        formula = text;
    }

    void behavior(Map<String, Object> rules) {
        behavior = rules;
    }

    void fallback(Map<String, Object> fields) {
        fallback = fields;
    }

    /** Adds a signal under a name of its own that is as close to the wanted one as can be. */
    void signal(String wanted, String kind, Map<String, Object> fields) {
        String name = freeName(wanted);
        Map<String, Object> signal = new LinkedHashMap<>();
        signal.put("name", name);
        signal.put(kind, fields);
        signals.add(signal);
        if (!kind.equals("resource")) {
            waking.add(name);
        }
    }

    private String freeName(String wanted) {
        String plain =
                wanted.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        String base = plain.isEmpty() ? "signal" : plain;
        for (int i = 1; ; i++) {
            String ending = i == 1 ? "" : "-" + i;
            String start = base.substring(0, Math.min(base.length(), LONGEST_NAME - ending.length()));
            if (names.add(start + ending)) {
                return start + ending;
            }
        }
    }

    boolean hasSignals() {
        return !signals.isEmpty();
    }

    boolean canWake() {
        return !waking.isEmpty();
    }

    List<String> wakingSignals() {
        return List.copyOf(waking);
    }

    List<String> allSignals() {
        return signals.stream()
                .map(signal -> String.valueOf(signal.get("name")))
                .toList();
    }

    Map<String, Object> object() {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("scaleTargetRef", target);
        putUnlessEmpty(spec, "mode", mode);
        spec.put("replicas", bounds());
        spec.put("signals", signals);
        putUnlessEmpty(spec, "formula", formula);
        putUnlessEmpty(spec, "behavior", behavior);
        putUnlessEmpty(spec, "fallback", fallback);
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("apiVersion", API);
        object.put("kind", "ScalingPolicy");
        object.put("metadata", metadata(source.name(), source));
        object.put("spec", spec);
        return object;
    }

    private Map<String, Object> bounds() {
        Map<String, Object> replicas = new LinkedHashMap<>();
        replicas.put("min", min);
        replicas.put("max", max);
        return replicas;
    }

    static Map<String, Object> metadata(String name, Manifest source) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", name);
        putUnlessEmpty(metadata, "namespace", source.namespace());
        return metadata;
    }

    private static void putUnlessEmpty(Map<String, Object> map, String key, @Nullable Object value) {
        boolean empty = value == null
                || (value instanceof String text && text.isEmpty())
                || (value instanceof Map<?, ?> fields && fields.isEmpty());
        if (!empty) {
            map.put(key, value);
        }
    }
}
