package io.tidegate.dashboards.grafana;

/**
 * A choice above the dashboard: values of a label.
 *
 * @param name name of the variable
 * @param label what stands beside it
 * @param query a label_values query
 */
public record Variable(String name, String label, String query) {

    /** The values of a label of a metric. */
    public static Variable of(String name, String label, String selector, String of) {
        return new Variable(name, label, "label_values(" + selector + ", " + of + ")");
    }
}
