package io.tidegate.dashboards.grafana;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.dashboards.grafana.Board.Annotation;
import io.tidegate.dashboards.grafana.Board.Row;
import java.util.ArrayList;
import java.util.List;

/** A dashboard in Grafana's classic schema, version 39, which Grafana 10 and later read. */
public final class BoardJson {

    /** What all our dashboards are tagged with, and link each other by. */
    public static final String TAG = "tidegate";

    /** The variable that chooses the data source; no dashboard names one. */
    public static final String DATASOURCE = "${datasource}";

    private static final int SCHEMA_VERSION = 39;
    private static final JsonMapper MAPPER = new JsonMapper();

    private BoardJson() {}

    /** The text of the file. */
    public static String render(Board board) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        try {
            return MAPPER.writer(printer).writeValueAsString(node(board)) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    private static ObjectNode node(Board board) {
        ObjectNode root = MAPPER.createObjectNode();
        root.putObject("annotations").set("list", annotations(board));
        root.put("description", board.description());
        root.put("editable", false);
        root.put("graphTooltip", 1);
        root.set("links", links());
        root.set("panels", panels(board));
        root.put("refresh", "10s");
        root.put("schemaVersion", SCHEMA_VERSION);
        root.putArray("tags").add(TAG);
        root.putObject("templating").set("list", variables(board));
        root.putObject("time").put("from", "now-1h").put("to", "now");
        root.put("timezone", "browser");
        root.put("title", "Tidegate / " + board.title());
        root.put("uid", board.uid());
        root.put("version", 1);
        return root;
    }

    private static ArrayNode annotations(Board board) {
        ArrayNode list = MAPPER.createArrayNode();
        for (Annotation annotation : board.annotations()) {
            ObjectNode node = list.addObject();
            datasource(node);
            node.put("enable", true);
            node.put("expr", annotation.expr());
            node.put("iconColor", "blue");
            node.put("name", annotation.name());
            node.put("step", "10s");
            node.put("tagKeys", annotation.tags());
            node.put("textFormat", annotation.text());
            node.put("titleFormat", annotation.title());
            node.put("useValueForTime", true);
        }
        return list;
    }

    private static ArrayNode links() {
        ArrayNode links = MAPPER.createArrayNode();
        ObjectNode link = links.addObject();
        link.put("asDropdown", true);
        link.put("includeVars", true);
        link.put("keepTime", true);
        link.putArray("tags").add(TAG);
        link.put("title", "Tidegate");
        link.put("type", "dashboards");
        return links;
    }

    private static ArrayNode variables(Board board) {
        ArrayNode list = MAPPER.createArrayNode();
        ObjectNode source = list.addObject();
        source.put("label", "Data source");
        source.put("name", "datasource");
        source.put("query", "prometheus");
        source.put("type", "datasource");
        for (Variable variable : board.variables()) {
            ObjectNode node = list.addObject();
            node.put("allValue", ".*");
            node.putObject("current").put("text", "All").put("value", "$__all");
            datasource(node);
            node.put("includeAll", true);
            node.put("label", variable.label());
            node.put("multi", true);
            node.put("name", variable.name());
            node.put("query", variable.query());
            // On a change of the time range, so that what was is found, too.
            node.put("refresh", 2);
            node.put("sort", 1);
            node.put("type", "query");
        }
        return list;
    }

    private static ArrayNode panels(Board board) {
        ArrayNode panels = MAPPER.createArrayNode();
        int id = 1;
        int y = 0;
        for (Row row : board.rows()) {
            ObjectNode heading = panels.addObject();
            heading.put("collapsed", false);
            position(heading, 0, y++, Panel.COLUMNS, 1);
            heading.put("id", id++);
            heading.putArray("panels");
            heading.put("title", row.title());
            heading.put("type", "row");
            for (List<Panel> line : lines(row.panels())) {
                int x = 0;
                int height = height(line);
                for (Panel panel : line) {
                    ObjectNode node = PanelJson.node(panel, id++);
                    position(node, x, y, panel.width(), height);
                    panels.add(node);
                    x += panel.width();
                }
                y += height;
            }
        }
        return panels;
    }

    /** Panels that fit beside each other. */
    private static List<List<Panel>> lines(List<Panel> panels) {
        List<List<Panel>> lines = new ArrayList<>();
        int free = 0;
        for (Panel panel : panels) {
            if (panel.width() > free) {
                lines.add(new ArrayList<>());
                free = Panel.COLUMNS;
            }
            lines.getLast().add(panel);
            free -= panel.width();
        }
        return lines;
    }

    /** Panels beside each other are as high as the highest of them. */
    private static int height(List<Panel> line) {
        return line.stream().mapToInt(panel -> panel.kind().height()).max().orElse(0);
    }

    private static void position(ObjectNode node, int x, int y, int width, int height) {
        node.putObject("gridPos").put("h", height).put("w", width).put("x", x).put("y", y);
    }

    static void datasource(ObjectNode node) {
        node.putObject("datasource").put("type", "prometheus").put("uid", DATASOURCE);
    }
}
