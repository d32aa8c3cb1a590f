package io.tidegate.dashboards.grafana;

import java.util.Objects;

/**
 * A column of a table: the values of a label.
 *
 * @param label the label
 * @param title its heading
 * @param width in pixels; 0 for what the others leave
 */
public record Column(String label, String title, int width) {
    public Column {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(title, "title");
        if (width < 0) {
            throw new IllegalArgumentException("a column is not narrower than nothing: " + title);
        }
    }

    /** A column of this width. */
    public static Column of(String label, String title, int width) {
        return new Column(label, title, width);
    }

    /** A column that takes what the others leave. */
    public static Column rest(String label, String title) {
        return new Column(label, title, 0);
    }
}
