/**
 * Real Spark jobs at a static size, under Spark's dynamic allocation and under Tidegate, in turn. No rules of scaling live
 * here: every way is set up as its users would.
 */
@NullMarked
package io.tidegate.bench.spark;

import org.jspecify.annotations.NullMarked;
