/** Documents made from sources. Nothing of a running service lives here. */
@NullMarked
package io.tidegate.tools.docs;

import org.jspecify.annotations.NullMarked;
