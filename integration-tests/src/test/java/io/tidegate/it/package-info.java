/** Tests across services, on a real broker and a real API server. Tests of one module alone live in that module. */
@NullMarked
package io.tidegate.it;

import org.jspecify.annotations.NullMarked;
