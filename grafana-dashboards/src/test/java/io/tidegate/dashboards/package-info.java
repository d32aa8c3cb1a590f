/** The rules that dashboards, alerts and the catalogue of metrics are held to. */
@NullMarked
package io.tidegate.dashboards;

import org.jspecify.annotations.NullMarked;
