/** The dashboards: which question each answers, and the queries that do. How they become JSON does not live here. */
@NullMarked
package io.tidegate.dashboards.boards;

import org.jspecify.annotations.NullMarked;
