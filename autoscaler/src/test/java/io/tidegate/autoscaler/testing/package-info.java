/** Builders, clocks and fakes that the tests share. No test lives here. */
@NullMarked
package io.tidegate.autoscaler.testing;

import org.jspecify.annotations.NullMarked;
