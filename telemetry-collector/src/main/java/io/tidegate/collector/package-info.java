/** Puts the collector together: start, stop, health. What it does is in the packages below. */
@NullMarked
package io.tidegate.collector;

import org.jspecify.annotations.NullMarked;
