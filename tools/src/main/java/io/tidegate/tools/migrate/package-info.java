/** Policies made of what other autoscalers are told, and what of that has no equal. Files and the command line do not live here. */
@NullMarked
package io.tidegate.tools.migrate;

import org.jspecify.annotations.NullMarked;
