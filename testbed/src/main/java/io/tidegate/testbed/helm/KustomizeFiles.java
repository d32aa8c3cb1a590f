package io.tidegate.testbed.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tidegate.testbed.files.TestbedHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What of k8s/kustomize is made from the chart, without what only helm understands. */
public final class KustomizeFiles {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();
    private static final String TENANT = "tenant";

    private final Helm helm;

    public KustomizeFiles(Helm helm) {
        this.helm = helm;
    }

    /** The folder that they are committed in. */
    public static Path folder() {
        return TestbedHome.root().resolve("k8s/kustomize");
    }

    /** Text by path in the folder: the chart as it is by default, and the Roles that it makes in one namespace. */
    public Map<String, String> render() {
        List<ObjectNode> roles = new ArrayList<>();
        for (ObjectNode object : withoutHelm(helm.template("--set", "watch.namespaces={" + TENANT + "}"))) {
            ObjectNode metadata = (ObjectNode) object.path("metadata");
            if (metadata.path("namespace").asText().equals(TENANT)) {
                metadata.remove("namespace");
                roles.add(object);
            }
        }
        Map<String, String> files = new LinkedHashMap<>();
        files.put("base/tidegate.yaml", text(withoutHelm(helm.template())));
        files.put("overlays/multi-tenant/tenant/roles.yaml", text(roles));
        return files;
    }

    /** The objects of a rendered chart, without labels and annotations that speak of helm. */
    public static List<ObjectNode> withoutHelm(String rendered) {
        List<ObjectNode> objects = new ArrayList<>();
        try (MappingIterator<ObjectNode> documents =
                YAML.readerFor(ObjectNode.class).readValues(rendered)) {
            while (documents.hasNext()) {
                ObjectNode object = documents.next();
                ObjectNode metadata = (ObjectNode) object.path("metadata");
                remove(metadata, "labels", List.of("helm.sh/chart", "app.kubernetes.io/managed-by"));
                remove(metadata, "annotations", List.of("helm.sh/resource-policy"));
                objects.add(object);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return objects;
    }

    private static String text(List<ObjectNode> objects) {
        StringBuilder text =
                new StringBuilder("# Made from k8s/chart by ./tidegate manifests; don't edit it by hand.\n");
        try {
            for (ObjectNode object : objects) {
                text.append("---\n").append(YAML.writeValueAsString(object));
            }
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void remove(ObjectNode metadata, String map, List<String> keys) {
        if (metadata.path(map) instanceof ObjectNode entries) {
            entries.remove(keys);
            if (entries.isEmpty()) {
                metadata.remove(map);
            }
        }
    }
}
