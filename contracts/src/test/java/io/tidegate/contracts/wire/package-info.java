/** Tests of the wire format. Nothing that needs a broker lives here. */
@NullMarked
package io.tidegate.contracts.wire;

import org.jspecify.annotations.NullMarked;
