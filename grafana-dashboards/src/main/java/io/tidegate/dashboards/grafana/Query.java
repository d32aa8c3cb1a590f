package io.tidegate.dashboards.grafana;

import java.util.Objects;

/**
 * One query of a panel.
 *
 * @param expr PromQL
 * @param legend name of a series, with its labels in double braces
 * @param exemplars whether traces that the series name are shown
 */
public record Query(String expr, String legend, boolean exemplars) {
    public Query {
        Objects.requireNonNull(expr, "expr");
        Objects.requireNonNull(legend, "legend");
    }

    /** A query of series that name no traces. */
    public Query(String expr, String legend) {
        this(expr, legend, false);
    }

    /** The same, with the traces that its series name. */
    public Query withExemplars() {
        return new Query(expr, legend, true);
    }
}
