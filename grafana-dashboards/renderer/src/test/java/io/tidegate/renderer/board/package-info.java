/** Tests of the package of the same name. Nothing that runs in production lives here. */
@NullMarked
package io.tidegate.renderer.board;

import org.jspecify.annotations.NullMarked;
