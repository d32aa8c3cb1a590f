/** Tests of what the Spark operators' objects become in Tidegate. Nothing of how Spark itself runs belongs here. */
@NullMarked
package io.tidegate.it.kinds;

import org.jspecify.annotations.NullMarked;
