/** The pieces that dashboards are made of, and their JSON in Grafana's classic schema. No metric is named here. */
@NullMarked
package io.tidegate.dashboards.grafana;

import org.jspecify.annotations.NullMarked;
