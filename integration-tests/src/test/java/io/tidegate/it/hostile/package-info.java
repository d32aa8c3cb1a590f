/** Hostile inputs on the channels of the running services. What parsers make of bytes is tested beside the parsers. */
@NullMarked
package io.tidegate.it.hostile;

import org.jspecify.annotations.NullMarked;
