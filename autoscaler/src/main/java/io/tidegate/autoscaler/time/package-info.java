/** The monotonic clock that all waiting and freshness is measured with. Nothing that knows targets lives here. */
@NullMarked
package io.tidegate.autoscaler.time;

import org.jspecify.annotations.NullMarked;
