/** Spark itself on the testbed: what its driver and executors do as pods, without Tidegate. */
@NullMarked
package io.tidegate.it.spark;

import org.jspecify.annotations.NullMarked;
