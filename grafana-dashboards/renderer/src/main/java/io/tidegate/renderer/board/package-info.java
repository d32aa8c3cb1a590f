/** The committed dashboards, and what a Prometheus says to their queries. How it looks does not live here. */
@NullMarked
package io.tidegate.renderer.board;

import org.jspecify.annotations.NullMarked;
