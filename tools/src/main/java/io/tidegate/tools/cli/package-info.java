/** The commands of this module, as people call them. What they do lives elsewhere. */
@NullMarked
package io.tidegate.tools.cli;

import org.jspecify.annotations.NullMarked;
