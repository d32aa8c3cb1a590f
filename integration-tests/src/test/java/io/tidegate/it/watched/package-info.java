/** Whether dashboards and rules show something: asked of a real Prometheus, drawn by a real browser. How they are made is not known here. */
@NullMarked
package io.tidegate.it.watched;

import org.jspecify.annotations.NullMarked;
