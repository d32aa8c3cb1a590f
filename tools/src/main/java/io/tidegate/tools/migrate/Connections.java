package io.tidegate.tools.migrate;

import io.tidegate.tools.manifest.Manifest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The connections that were made: one for the same brokers and namespace, named by the first broker's host. */
final class Connections {

    private final Map<List<Object>, String> names = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    /** Its name; it is added to the objects if it is not there yet. */
    String named(Manifest source, List<String> bootstrapServers, List<Map<String, Object>> objects) {
        return names.computeIfAbsent(List.of(source.namespace(), bootstrapServers), key -> {
            String name = freeName(source.namespace(), bootstrapServers.isEmpty() ? "" : bootstrapServers.getFirst());
            Map<String, Object> kafka = new LinkedHashMap<>();
            kafka.put("bootstrapServers", bootstrapServers.stream().distinct().toList());
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("apiVersion", PolicyDraft.API);
            object.put("kind", "Connection");
            object.put("metadata", PolicyDraft.metadata(name, source));
            object.put("spec", Map.of("kafka", kafka));
            objects.add(object);
            return name;
        });
    }

    private String freeName(String namespace, String server) {
        String host = server.replaceFirst(":[0-9]*$", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9.]+", "-")
                .replaceAll("^[-.]+|[-.]+$", "")
                .replaceAll("\\.{2,}", ".");
        String base = host.isEmpty() ? "kafka" : host;
        for (int i = 1; ; i++) {
            String name = i == 1 ? base : base + "-" + i;
            if (taken.add(namespace + "/" + name)) {
                return name;
            }
        }
    }
}
