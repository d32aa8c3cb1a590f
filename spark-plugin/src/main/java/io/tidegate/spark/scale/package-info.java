/** How many executors there may be and which go first, as plain values. Neither Spark nor Kubernetes is known here. */
@NullMarked
package io.tidegate.spark.scale;

import org.jspecify.annotations.NullMarked;
