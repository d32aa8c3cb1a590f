package io.tidegate.dashboards.grafana;

import java.util.List;

/**
 * A dashboard.
 *
 * @param uid stable id, part of links
 * @param title its title
 * @param description the question that it answers
 * @param variables choices, in order
 * @param annotations marks on all panels
 * @param rows its panels
 */
public record Board(
        String uid,
        String title,
        String description,
        List<Variable> variables,
        List<Annotation> annotations,
        List<Row> rows) {
    public Board {
        variables = List.copyOf(variables);
        annotations = List.copyOf(annotations);
        rows = List.copyOf(rows);
    }

    /**
     * Panels under a heading.
     *
     * @param title the heading
     * @param panels from left to right, then down
     */
    public record Row(String title, List<Panel> panels) {
        public Row {
            panels = List.copyOf(panels);
        }

        /** A row of these panels. */
        public static Row of(String title, Panel... panels) {
            return new Row(title, List.of(panels));
        }
    }

    /**
     * Marks on all panels, at the times that a series has as its value.
     *
     * @param name what the marks are
     * @param expr PromQL; the value is the time, in milliseconds
     * @param title title of a mark, with labels in double braces
     * @param text its text
     * @param tags labels that it is tagged with, comma-separated
     */
    public record Annotation(String name, String expr, String title, String text, String tags) {}
}
