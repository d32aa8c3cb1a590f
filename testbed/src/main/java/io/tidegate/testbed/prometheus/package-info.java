/**
 * A real Prometheus that reads running services, promtool, and a real Alertmanager. What they should read, find and tell is not
 * known here.
 */
@NullMarked
package io.tidegate.testbed.prometheus;

import org.jspecify.annotations.NullMarked;
