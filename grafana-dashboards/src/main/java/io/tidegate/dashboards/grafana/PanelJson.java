package io.tidegate.dashboards.grafana;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.dashboards.grafana.Panel.Kind;
import java.util.OptionalDouble;

/** One panel of a dashboard. */
final class PanelJson {

    private static final JsonMapper MAPPER = new JsonMapper();

    private PanelJson() {}

    static ObjectNode node(Panel panel, int id) {
        ObjectNode node = MAPPER.createObjectNode();
        BoardJson.datasource(node);
        node.put("description", panel.description());
        node.set("fieldConfig", fields(panel));
        node.put("id", id);
        node.set("options", options(panel.kind()));
        node.set("targets", targets(panel));
        node.put("title", panel.title());
        if (panel.kind() == Kind.TABLE) {
            node.set("transformations", transformations());
        }
        node.put("type", panel.kind().type());
        return node;
    }

    private static ObjectNode fields(Panel panel) {
        ObjectNode config = MAPPER.createObjectNode();
        ObjectNode defaults = config.putObject("defaults");
        ObjectNode custom = defaults.putObject("custom");
        switch (panel.kind()) {
            case LINES -> lines(custom, "linear");
            case STEPS -> lines(custom, "stepAfter");
            case STATES -> custom.put("fillOpacity", 70).put("lineWidth", 0);
            case NUMBER, TABLE -> {}
        }
        if (panel.threshold().isPresent() && panel.kind() == Kind.LINES) {
            custom.putObject("thresholdsStyle").put("mode", "line");
        }
        defaults.set("thresholds", thresholds(panel.threshold()));
        defaults.put("unit", panel.unit().id());
        config.putArray("overrides");
        return config;
    }

    private static void lines(ObjectNode custom, String interpolation) {
        custom.put("fillOpacity", 5);
        custom.put("lineInterpolation", interpolation);
        custom.put("lineWidth", 2);
        custom.put("showPoints", "never");
        custom.put("spanNulls", false);
    }

    private static ObjectNode thresholds(OptionalDouble bad) {
        ObjectNode thresholds = MAPPER.createObjectNode();
        thresholds.put("mode", "absolute");
        ArrayNode steps = thresholds.putArray("steps");
        steps.addObject().put("color", "green").putNull("value");
        if (bad.isPresent()) {
            steps.addObject().put("color", "red").put("value", bad.getAsDouble());
        }
        return thresholds;
    }

    private static ObjectNode options(Kind kind) {
        ObjectNode options = MAPPER.createObjectNode();
        switch (kind) {
            case LINES, STEPS -> {
                legend(options);
                options.putObject("tooltip").put("mode", "multi").put("sort", "desc");
            }
            case STATES -> {
                options.put("mergeValues", true).put("rowHeight", 0.8).put("showValue", "auto");
                legend(options);
            }
            case NUMBER -> {
                options.put("colorMode", "value").put("graphMode", "none").put("textMode", "value");
                options.putObject("reduceOptions")
                        .put("values", false)
                        .putArray("calcs")
                        .add("lastNotNull");
            }
            case TABLE -> options.put("cellHeight", "sm").put("showHeader", true);
        }
        return options;
    }

    private static void legend(ObjectNode options) {
        options.putObject("legend")
                .put("displayMode", "list")
                .put("placement", "bottom")
                .put("showLegend", true);
    }

    private static ArrayNode targets(Panel panel) {
        ArrayNode targets = MAPPER.createArrayNode();
        char name = 'A';
        for (Query query : panel.queries()) {
            ObjectNode target = targets.addObject();
            BoardJson.datasource(target);
            target.put("editorMode", "code");
            target.put("expr", query.expr());
            if (query.exemplars()) {
                target.put("exemplar", true);
            }
            target.put("format", panel.kind() == Kind.TABLE ? "table" : "time_series");
            target.put("instant", panel.kind().instant());
            target.put("legendFormat", query.legend());
            target.put("range", !panel.kind().instant());
            target.put("refId", String.valueOf(name++));
        }
        return targets;
    }

    /** One row for each series, whatever query it comes from, without the time of the question. */
    private static ArrayNode transformations() {
        ArrayNode transformations = MAPPER.createArrayNode();
        transformations.addObject().put("id", "merge").putObject("options");
        ObjectNode organize = transformations.addObject().put("id", "organize");
        ObjectNode options = organize.putObject("options");
        options.putObject("excludeByName").put("Time", true);
        return transformations;
    }
}
