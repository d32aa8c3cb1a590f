/** A Spark application in a simulated cluster, sized by the engine or as Spark's dynamic allocation would size it. */
@NullMarked
package io.tidegate.decision.simulation.spark;

import org.jspecify.annotations.NullMarked;
