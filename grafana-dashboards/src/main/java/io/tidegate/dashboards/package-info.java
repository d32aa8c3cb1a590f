/** Dashboards and rules as files. What they show is said in the packages below. */
@NullMarked
package io.tidegate.dashboards;

import org.jspecify.annotations.NullMarked;
