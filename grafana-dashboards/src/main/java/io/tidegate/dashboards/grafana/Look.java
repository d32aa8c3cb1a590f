package io.tidegate.dashboards.grafana;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * How the values of a panel look.
 *
 * @param threshold from where on a number is bad; that of the alert, where there is one
 * @param names what stands in place of a value; empty for numbers
 * @param columns of a table, from left to right: all labels that its query gives
 */
record Look(OptionalDouble threshold, List<Name> names, List<Column> columns) {

    /** Plain numbers. */
    static final Look PLAIN = new Look(OptionalDouble.empty(), List.of(), List.of());

    Look {
        Objects.requireNonNull(threshold, "threshold");
        names = List.copyOf(names);
        columns = List.copyOf(columns);
    }

    /**
     * A name of a value.
     *
     * @param value the value
     * @param text its name
     * @param color its colour, as Grafana names it
     */
    record Name(int value, String text, String color) {}

    Look badFrom(double number) {
        return new Look(OptionalDouble.of(number), names, columns);
    }

    Look named(Name name) {
        return new Look(
                threshold, Stream.concat(names.stream(), Stream.of(name)).toList(), columns);
    }

    Look columns(List<Column> shown) {
        return new Look(threshold, names, shown);
    }
}
