/** The service's metrics, with all their names in one place. Nothing is measured here. */
@NullMarked
package io.tidegate.autoscaler.metrics;

import org.jspecify.annotations.NullMarked;
