/** Single threads that own state, so that it needs no locks. What they run is written elsewhere. */
@NullMarked
package io.tidegate.collector.loop;

import org.jspecify.annotations.NullMarked;
