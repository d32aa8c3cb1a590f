/** Carrying targets out: ownership and fencing, attempts, limits, conflicts and the fallback. How the API server is spoken to lives elsewhere. */
@NullMarked
package io.tidegate.autoscaler.act;

import org.jspecify.annotations.NullMarked;
