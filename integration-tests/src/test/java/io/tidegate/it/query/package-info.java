/** Workloads that are scaled by what a real Prometheus tells. How Prometheus itself works is not tested here. */
@NullMarked
package io.tidegate.it.query;

import org.jspecify.annotations.NullMarked;
