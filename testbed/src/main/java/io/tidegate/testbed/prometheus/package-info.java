/**
 * A real Prometheus that reads running services, and promtool. What they should read, and find in it, is not known here.
 */
@NullMarked
package io.tidegate.testbed.prometheus;

import org.jspecify.annotations.NullMarked;
