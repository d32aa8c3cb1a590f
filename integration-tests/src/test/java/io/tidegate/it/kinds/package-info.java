/** Tests of what the objects of other operators become in Tidegate: those of Spark, and Rollouts. Nothing of how Spark itself runs belongs here. */
@NullMarked
package io.tidegate.it.kinds;

import org.jspecify.annotations.NullMarked;
