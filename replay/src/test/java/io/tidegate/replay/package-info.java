/** Tests of the package of the same name. Nothing here is used elsewhere. */
@NullMarked
package io.tidegate.replay;

import org.jspecify.annotations.NullMarked;
