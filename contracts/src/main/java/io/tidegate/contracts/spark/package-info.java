/** The two documents that cross the cluster as annotations of a Spark driver pod. How they are read and written does not live here. */
@NullMarked
package io.tidegate.contracts.spark;

import org.jspecify.annotations.NullMarked;
