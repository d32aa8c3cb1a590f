package io.tidegate.dashboards.boards;

import io.tidegate.dashboards.grafana.Query;

/** Queries of the services themselves. */
final class ServiceQueries {

    private ServiceQueries() {}

    /** A quantile of a histogram of all instances. */
    static Query quantile(String quantile, String histogram) {
        return new Query(
                "histogram_quantile(" + quantile + ", sum by (le) (rate(" + histogram + "_bucket[$__rate_interval])))",
                "p" + (quantile.equals("0.5") ? "50" : "99"));
    }

    /** What a counter of all instances does in a second, by a label. */
    static Query rate(String counter, String label) {
        return new Query("sum by (" + label + ") (rate(" + counter + "[$__rate_interval]))", "{{" + label + "}}");
    }
}
