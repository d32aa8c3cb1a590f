/**
 * Real Spark applications on the testbed: a driver in a pod, whose executors are pods that Spark itself creates.
 * What scales them, and what is measured with them, does not belong here.
 */
@NullMarked
package io.tidegate.testbed.spark;

import org.jspecify.annotations.NullMarked;
