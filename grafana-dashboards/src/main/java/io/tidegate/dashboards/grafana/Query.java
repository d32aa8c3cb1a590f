package io.tidegate.dashboards.grafana;

import java.util.Objects;

/**
 * One query of a panel.
 *
 * @param expr PromQL
 * @param legend name of a series, with its labels in double braces
 */
public record Query(String expr, String legend) {
    public Query {
        Objects.requireNonNull(expr, "expr");
        Objects.requireNonNull(legend, "legend");
    }
}
