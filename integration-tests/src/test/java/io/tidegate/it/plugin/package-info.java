/** The Spark plugin in real drivers with real executors. What the other services make of it does not live here. */
@NullMarked
package io.tidegate.it.plugin;

import org.jspecify.annotations.NullMarked;
