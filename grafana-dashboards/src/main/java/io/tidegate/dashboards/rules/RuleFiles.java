package io.tidegate.dashboards.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tidegate.dashboards.rules.Rules.Group;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rules as files: for Prometheus itself, and as the custom resource of the Prometheus operator. */
public final class RuleFiles {

    /** File of recording rules. */
    public static final String RECORDINGS = "tidegate-recordings.rules.yaml";
    /** File of alerting rules. */
    public static final String ALERTS = "tidegate-alerts.rules.yaml";
    /** File of the custom resource. */
    public static final String CUSTOM_RESOURCE = "prometheusrule.yaml";

    private static final String MADE =
            "# Made from grafana-dashboards/src by `./tidegate docs`; don't edit it by hand.\n";

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .build();

    private RuleFiles() {}

    /** The files, by name. */
    public static Map<String, String> all() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(RECORDINGS, yaml(Map.of("groups", groups(Rules.recordings()))));
        files.put(ALERTS, yaml(Map.of("groups", groups(Rules.alerts()))));
        files.put(CUSTOM_RESOURCE, yaml(customResource()));
        return files;
    }

    /** A file of its own, with the line that says what it is made of. */
    static String yaml(Object content) {
        try {
            return MADE + YAML.writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists and texts can always be written", e);
        }
    }

    private static Map<String, Object> customResource() {
        List<Group> groups = new ArrayList<>(Rules.recordings());
        groups.addAll(Rules.alerts());
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", "tidegate");
        metadata.put("labels", Map.of("app.kubernetes.io/part-of", "tidegate"));
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("apiVersion", "monitoring.coreos.com/v1");
        resource.put("kind", "PrometheusRule");
        resource.put("metadata", metadata);
        resource.put("spec", Map.of("groups", groups(groups)));
        return resource;
    }

    private static List<Object> groups(List<Group> groups) {
        List<Object> all = new ArrayList<>();
        for (Group group : groups) {
            List<Object> rules = new ArrayList<>();
            group.recordings().forEach(recording -> rules.add(rule(recording)));
            group.alerts().forEach(alert -> rules.add(rule(alert)));
            Map<String, Object> node = new LinkedHashMap<>();
            node.put("name", group.name());
            if (!group.interval().isEmpty()) {
                node.put("interval", group.interval());
            }
            node.put("rules", rules);
            all.add(node);
        }
        return all;
    }

    private static Map<String, Object> rule(Recording recording) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("record", recording.name());
        node.put("expr", recording.expr());
        return node;
    }

    private static Map<String, Object> rule(Alert alert) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("alert", alert.name());
        node.put("expr", alert.expr());
        node.put("for", alert.forTime());
        node.put("labels", labels(alert));
        node.put("annotations", annotations(alert));
        return node;
    }

    /** The labels that an alert adds to those of its series. */
    static Map<String, String> labels(Alert alert) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("severity", alert.severity().label());
        labels.put("area", alert.subject().area());
        return labels;
    }

    /** The annotations, before labels are filled in. */
    static Map<String, String> annotations(Alert alert) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("summary", alert.summary());
        annotations.put("description", alert.description());
        annotations.put("runbook_url", alert.runbookUrl());
        annotations.put("dashboard", alert.subject().dashboard());
        return annotations;
    }
}
