package io.tidegate.dashboards.grafana;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.dashboards.grafana.Look.Name;
import io.tidegate.dashboards.grafana.Panel.Kind;
import java.util.List;
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
        node.set("options", options(panel));
        node.set("targets", targets(panel));
        node.put("title", panel.title());
        if (panel.kind() == Kind.TABLE) {
            node.set("transformations", transformations(panel.look().columns()));
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
        if (panel.look().threshold().isPresent() && !panel.kind().instant()) {
            custom.putObject("thresholdsStyle").put("mode", "line");
        }
        if (panel.kind() == Kind.STATES) {
            // Grafana's own choice goes from green to red with the value, as if the largest were the worst.
            defaults.putObject("color").put("fixedColor", "blue").put("mode", "fixed");
        }
        if (!panel.look().names().isEmpty()) {
            defaults.set("mappings", mappings(panel.look().names()));
        }
        defaults.set("thresholds", thresholds(panel.look().threshold()));
        defaults.put("unit", panel.unit().id());
        config.set("overrides", overrides(panel.look().columns()));
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

    private static ObjectNode options(Panel panel) {
        ObjectNode options = MAPPER.createObjectNode();
        switch (panel.kind()) {
            case LINES, STEPS -> {
                legend(options, true);
                options.putObject("tooltip").put("mode", "multi").put("sort", "desc");
            }
            case STATES -> {
                options.put("mergeValues", true).put("rowHeight", 0.8);
                options.put("showValue", panel.look().names().isEmpty() ? "never" : "auto");
                // Each row is named beside it.
                legend(options, false);
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

    private static void legend(ObjectNode options, boolean shown) {
        options.putObject("legend")
                .put("displayMode", "list")
                .put("placement", "bottom")
                .put("showLegend", shown);
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

    private static ArrayNode mappings(List<Name> names) {
        ArrayNode mappings = MAPPER.createArrayNode();
        ObjectNode options = mappings.addObject().put("type", "value").putObject("options");
        for (Name name : names) {
            options.putObject(String.valueOf(name.value()))
                    .put("color", name.color())
                    .put("index", names.indexOf(name))
                    .put("text", name.text());
        }
        return mappings;
    }

    private static ArrayNode overrides(List<Column> columns) {
        ArrayNode overrides = MAPPER.createArrayNode();
        for (Column column : columns) {
            if (column.width() > 0) {
                ObjectNode override = overrides.addObject();
                override.putObject("matcher").put("id", "byName").put("options", column.title());
                override.putArray("properties")
                        .addObject()
                        .put("id", "custom.width")
                        .put("value", column.width());
            }
        }
        return overrides;
    }

    /** The columns in their order; the time of the question and the number, which only says that the series is there, are left out. */
    private static ArrayNode transformations(List<Column> columns) {
        ArrayNode transformations = MAPPER.createArrayNode();
        ObjectNode options = transformations.addObject().put("id", "organize").putObject("options");
        options.putObject("excludeByName").put("Time", true).put("Value", true);
        ObjectNode places = options.putObject("indexByName");
        ObjectNode titles = options.putObject("renameByName");
        for (Column column : columns) {
            places.put(column.label(), columns.indexOf(column));
            titles.put(column.label(), column.title());
        }
        return transformations;
    }
}
