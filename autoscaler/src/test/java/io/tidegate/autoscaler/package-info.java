/** Tests of the service as a whole. Nothing that runs in production lives here. */
@NullMarked
package io.tidegate.autoscaler;

import org.jspecify.annotations.NullMarked;
