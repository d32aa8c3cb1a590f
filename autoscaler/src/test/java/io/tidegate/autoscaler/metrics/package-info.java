/** Tests of the package of the same name. Nothing that runs in production lives here. */
@NullMarked
package io.tidegate.autoscaler.metrics;

import org.jspecify.annotations.NullMarked;
