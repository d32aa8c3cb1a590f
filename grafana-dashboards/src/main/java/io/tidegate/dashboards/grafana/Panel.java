package io.tidegate.dashboards.grafana;

import java.util.List;
import java.util.Objects;

/**
 * One panel.
 *
 * @param kind how it is drawn
 * @param title its title
 * @param description what it shows and how to read it
 * @param unit unit of all its numbers
 * @param queries what it asks
 * @param width of 24 columns
 * @param look how its values look
 */
public record Panel(Kind kind, String title, String description, Unit unit, List<Query> queries, int width, Look look) {

    /** Columns of a row. */
    public static final int COLUMNS = 24;

    public Panel {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(look, "look");
        queries = List.copyOf(queries);
        if (width < 1 || width > COLUMNS) {
            throw new IllegalArgumentException("a panel is 1 to " + COLUMNS + " columns wide: " + title);
        }
    }

    /** Lines over time, half a row wide. */
    public static Panel lines(String title, String description, Unit unit, Query... queries) {
        return of(Kind.LINES, title, description, unit, queries);
    }

    /** Steps over time: numbers that hold until they change. */
    public static Panel steps(String title, String description, Unit unit, Query... queries) {
        return of(Kind.STEPS, title, description, unit, queries);
    }

    /** One number, an eighth of a row wide. */
    public static Panel number(String title, String description, Unit unit, Query query) {
        return of(Kind.NUMBER, title, description, unit, query).width(3);
    }

    /** A table of the labels that series have now, a row for each series. */
    public static Panel table(String title, String description, Query query, Column... columns) {
        Panel panel = of(Kind.TABLE, title, description, Unit.COUNT, query);
        return panel.looking(panel.look.columns(List.of(columns)));
    }

    /** States over time, a line for each series; without names of values, whether there is one. */
    public static Panel states(String title, String description, Query query) {
        return of(Kind.STATES, title, description, Unit.COUNT, query);
    }

    private static Panel of(Kind kind, String title, String description, Unit unit, Query... queries) {
        return new Panel(kind, title, description, unit, List.of(queries), COLUMNS / 2, Look.PLAIN);
    }

    /** The same, so many columns wide. */
    public Panel width(int columns) {
        return new Panel(kind, title, description, unit, queries, columns, look);
    }

    /** The same, red from a number on. */
    public Panel badFrom(double number) {
        return looking(look.badFrom(number));
    }

    /** The same, with a name, in a colour of Grafana's, in place of a value. */
    public Panel named(int value, String text, String color) {
        return looking(look.named(new Look.Name(value, text, color)));
    }

    private Panel looking(Look other) {
        return new Panel(kind, title, description, unit, queries, width, other);
    }

    /** How a panel is drawn. */
    public enum Kind {
        LINES("timeseries", 8),
        STEPS("timeseries", 8),
        NUMBER("stat", 4),
        TABLE("table", 8),
        STATES("state-timeline", 7);

        private final String type;
        private final int height;

        Kind(String type, int height) {
            this.type = type;
            this.height = height;
        }

        String type() {
            return type;
        }

        int height() {
            return height;
        }

        /** Whether it shows what is now, not how it was. */
        boolean instant() {
            return this == NUMBER || this == TABLE;
        }
    }
}
