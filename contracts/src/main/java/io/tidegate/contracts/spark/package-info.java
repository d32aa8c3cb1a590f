/** What crosses the cluster as annotations of a Spark driver pod. How it is read and written does not live here. */
@NullMarked
package io.tidegate.contracts.spark;

import org.jspecify.annotations.NullMarked;
