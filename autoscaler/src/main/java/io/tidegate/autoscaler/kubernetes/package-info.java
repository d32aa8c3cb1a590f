/** The API server: sizes, status and Events, spoken to through the Kubernetes client's own HTTP. What to write is decided elsewhere. */
@NullMarked
package io.tidegate.autoscaler.kubernetes;

import org.jspecify.annotations.NullMarked;
