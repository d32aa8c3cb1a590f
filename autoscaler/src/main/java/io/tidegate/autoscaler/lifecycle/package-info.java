/** Start, stop, health and the wiring of the parts. Nothing that decides about targets lives here. */
@NullMarked
package io.tidegate.autoscaler.lifecycle;

import org.jspecify.annotations.NullMarked;
