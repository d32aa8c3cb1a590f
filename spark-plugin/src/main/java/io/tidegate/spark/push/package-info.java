/** How snapshots get to the collector. What is in them does not live here. */
@NullMarked
package io.tidegate.spark.push;

import org.jspecify.annotations.NullMarked;
