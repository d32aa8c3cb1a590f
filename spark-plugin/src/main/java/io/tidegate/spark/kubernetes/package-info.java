/** The driver's own pod at the API server. Nothing else of the cluster is read or written here. */
@NullMarked
package io.tidegate.spark.kubernetes;

import org.jspecify.annotations.NullMarked;
